/**
 * The video codecs (`H264`, `VP9` …) that this computer sends without effort, because a chip makes
 * them; the best first. Empty where none does, and until the browser has said.
 */
export type EfficientVideo = () => readonly string[]
