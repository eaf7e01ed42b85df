import type { FormatName } from '../../lib/subset/formats'
import { fileNameOf, splitsToWrite } from '../../lib/subset/named-split'
import type { Recipe } from '../../lib/subset/recipe'

/**
 * A Python program that reads the files of a subset in a format, and prints the number of images and masks that they
 * name. It needs no packages, except `duckdb` for Parquet.
 */
export function pythonOf(recipe: Recipe, format: FormatName): string {
  const files = splitsToWrite(recipe, format).map(side => fileNameOf(format, side))
  return READERS[format](files.map(file => JSON.stringify(file)).join(', '))
}

const HEAD = `from pathlib import Path

root = Path("SAMed2Dv1")  # the folder that holds images/ and masks/
`

const SAY = 'print(f"{file}: {images} images, {masks} masks")'

const READERS: Readonly<Record<FormatName, (files: string) => string>> = {
  image2label: files => `import json
${HEAD}for file in [${files}]:
    pairs = json.loads(Path(file).read_text("utf-8"))
    images = masks = 0
    for image, its_masks in pairs.items():
        sample = root / image, [root / mask for mask in its_masks]
        images += 1
        masks += len(its_masks)
    ${SAY}
`,
  label2image: files => `import json
${HEAD}for file in [${files}]:
    pairs = json.loads(Path(file).read_text("utf-8"))
    for mask, image in pairs.items():
        sample = root / image, root / mask
    images, masks = len(set(pairs.values())), len(pairs)
    ${SAY}
`,
  csv: file => `import csv
${HEAD}file = ${file}
samples = {}
with open(file, encoding="utf-8", newline="") as rows:
    for row in csv.DictReader(rows):
        sample = samples.setdefault(row["image"], {"split": row["split"], "masks": []})
        if row["mask"]:
            sample["masks"].append((root / row["mask"], row["label"]))
images, masks = len(samples), sum(len(sample["masks"]) for sample in samples.values())
${SAY}
`,
  jsonl: file => `import json
${HEAD}file = ${file}
images = masks = 0
with open(file, encoding="utf-8") as lines:
    for line in lines:
        image = json.loads(line)
        path, split = root / image["path"], image["split"]
        labels = [(root / mask["path"], mask["label"]) for mask in image["masks"]]
        images += 1
        masks += len(labels)
${SAY}
`,
  parquet: file => `import duckdb  # pip install duckdb
${HEAD}file = ${file}
samples = duckdb.sql(f"""
    SELECT image, split, list({{'mask': mask, 'label': label}}) FILTER (mask IS NOT NULL) AS masks
    FROM read_parquet('{file}') GROUP BY image, split ORDER BY image
""").fetchall()
images = masks = 0
for image, split, its_masks in samples:
    sample = root / image, [(root / mask["mask"], mask["label"]) for mask in its_masks or []]
    images += 1
    masks += len(sample[1])
${SAY}
`,
  coco: files => `import json
${HEAD}for file in [${files}]:
    coco = json.loads(Path(file).read_text("utf-8"))
    names = {category["id"]: category["name"] for category in coco["categories"]}
    objects = {image["id"]: [] for image in coco["images"]}
    for one in coco["annotations"]:
        objects[one["image_id"]].append((names[one["category_id"]], one["bbox"], root / one["mask_file"]))
    for image in coco["images"]:
        sample = root / image["file_name"], objects[image["id"]]
    images, masks = len(coco["images"]), len(coco["annotations"])
    ${SAY}
`,
  monai: file => `import json
${HEAD}file = ${file}
datalist = json.loads(Path(file).read_text("utf-8"))
images = masks = 0
for section in ["training", "validation", "test"]:
    for item in datalist[section]:
        sample = root / item["image"], [root / mask for mask in item["label"]], item["classes"]
        images += 1
        masks += len(sample[1])
${SAY}
`,
  nnunet: file => `import json
${HEAD}file = ${file}
dataset = json.loads(Path(file).read_text("utf-8"))
images = masks = 0
for case, item in {**dataset["dataset"], **dataset["test"]}.items():
    by_label = {
        dataset["labels"][label]: [root / mask for mask in paths]
        for label, paths in item["masks"].items()
    }
    sample = root / item["images"][0], by_label
    images += 1
    masks += sum(map(len, by_label.values()))
${SAY}
`,
  imagefolder: file => `import json
${HEAD}file = ${file}
images = masks = 0
with open(file, encoding="utf-8") as lines:
    for line in lines:
        image = json.loads(line)
        objects = image["objects"]
        paths = [root / mask for mask in objects["mask_file_name"]]
        sample = root / image["file_name"], list(zip(objects["label"], objects["bbox"], paths))
        images += 1
        masks += len(paths)
${SAY}
`,
  files: files => `${HEAD}for file in [${files}]:
    paths = [root / line for line in Path(file).read_text("utf-8").splitlines()]
    images = sum(path.parent.name == "images" for path in paths)
    masks = sum(path.parent.name == "masks" for path in paths)
    ${SAY}
`,
}
