import paper from '../../data/paper.json'

/** The numbers of the paper (data/paper.json). */
export const PAPER = paper

/** The paper's six structures, in its order. */
export const PAPER_STRUCTURES = paper.datasetsByStructure.rows.map(({ structure }) => structure)

/** BibTeX of the paper, of the paper with the anatomy figure, and of the release. */
export const BIBTEX = `@article{ye2023samed2d20m,
  title   = {SA-Med2D-20M Dataset: Segment Anything in 2D Medical Imaging with 20 Million masks},
  author  = {Ye, Jin and Cheng, Junlong and Chen, Jianpin and Deng, Zhongying and Li, Tianbin and Wang, Haoyu and Su, Yanzhou and Huang, Ziyan and Chen, Jilong and Jiang, Lei and Sun, Hui and Zhu, Min and Zhang, Shaoting and He, Junjun and Qiao, Yu},
  journal = {arXiv preprint arXiv:2311.11969},
  year    = {2023}
}

@article{cheng2023sammed2d,
  title   = {SAM-Med2D},
  author  = {Cheng, Junlong and Ye, Jin and Deng, Zhongying and Chen, Jianpin and Li, Tianbin and Wang, Haoyu and Su, Yanzhou and Huang, Ziyan and Chen, Jilong and Jiang, Lei and Sun, Hui and He, Junjun and Zhang, Shaoting and Zhu, Min and Qiao, Yu},
  journal = {arXiv preprint arXiv:2308.16184},
  year    = {2023}
}

@misc{samed2d20m_release,
  title        = {SA-Med2D-20M},
  author       = {{OpenGVLab}},
  howpublished = {Hugging Face Hub, OpenGVLab/SA-Med2D-20M},
  note         = {CC BY-NC-SA 4.0}
}
`
