import { letterOf } from '#client/ui/avatarFace.ts'

const SIDE = 320

/** Somebody's letter as a still picture that a video can show; null where a canvas can't be filmed. */
export function faceStream({ ownerDocument }: Node, nickname: string): MediaStream | null {
  const canvas = ownerDocument?.createElement('canvas')
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return null
  canvas.width = SIDE
  canvas.height = SIDE
  const stream = canvas.captureStream()
  context.fillStyle = '#2c2c2c'
  context.fillRect(0, 0, SIDE, SIDE)
  context.fillStyle = '#ffffff'
  context.font = `500 ${SIDE * 0.45}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(letterOf(nickname), SIDE / 2, SIDE / 2)
  return stream
}
