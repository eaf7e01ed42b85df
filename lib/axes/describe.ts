import { axesText, KNOWN_AXES, type KnownAxes, type Upright } from './known-axes'
import { turnText } from './turn'

/** The part of docs/filters.md about the planes of the axes, made from data/axes.json. */
export const describeAxes = (): string => `## Planes of x, y and z

The letters of the file names say nothing of planes. For the datasets below it is known from pictures of the
release (seen), or from how the source stores its volumes (presumed, marked with a question mark on pages). For
all others no plane is shown. [data/axes.json](../data/axes.json) has the sources.

\`axis=axial\` is \`axis=x\`, \`axis=coronal\` is \`axis=y\` and \`axis=sagittal\` is \`axis=z\`, in any case of
letters; pages write the letter into the URL. The words select every slice along the axis, also in datasets
where its plane is not known or is another one: \`axis=axial&dataset=ACDC\` selects short-axis slices. For slices
whose plane is known, name the datasets, or ask SQL: \`named_images\` has the columns \`axis_name\` and
\`axis_known\`.

| dataset | planes | known | how | upright for display |
| --- | --- | --- | --- | --- |
${KNOWN_AXES.map(row).join('\n')}
`

const row = ({ dataset, strength, how, upright }: KnownAxes) =>
  `| ${dataset} | ${axesText(dataset) || 'not known'} | ${strength} | ${how} | ${upright ? uprightText(upright) : 'not known'} |`

const uprightText = ({ submodality, turns, sides }: Upright) =>
  `${submodality}: ${Object.entries(turns)
    .map(([axis, turn]) => `${axis} ${turnText(turn)}`)
    .join(', ')}${sides ? '' : '; left and right not checked'}`
