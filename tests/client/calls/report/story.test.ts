import { describe, expect, it } from 'vitest'
import { storyOf } from '#client/calls/report/story.ts'
import { NOON } from '../../../support/calls/desk.ts'
import { aReport, aSecond, TALK, type Happened } from '../../../support/calls/callReports.ts'

/** The keys of what is told, without their common beginning, with how long it lasted. */
const told = (happened: readonly Happened[], parts: Parameters<typeof aReport>[0] = {}) =>
  storyOf(aReport({ happened, ...parts })).map(({ key, seconds }) =>
    [key.replace(/^report\.(story\.)?/, ''), ...(seconds === undefined ? [] : [seconds])].join(' '),
  )
const toldOf = (...more: readonly Happened[]) => told([...TALK, ...more]).slice(3)

describe('the story of a call', () => {
  it('begins with who called and that it was answered', () => {
    expect(told(TALK)).toEqual(['dialed.audio', 'answered', 'connected'])
    expect(told([{ type: 'status', status: 'coming', s: 0 }], { kind: 'video' })).toEqual([
      'coming.video',
    ])
  })

  it('tells a lost path from when nothing came, and how long it took', () => {
    const happened: Happened[] = [
      ...TALK,
      { type: 'link', link: 'reconnecting', s: 8 },
      { type: 'link', link: 'connected', s: 12 },
    ]
    const seconds = [aSecond(5), aSecond(6, { receivedKbps: 0 }), aSecond(7, { receivedKbps: 0 })]
    const [, , , lost, found] = storyOf(aReport({ happened, seconds }))
    expect(lost).toMatchObject({ at: NOON + 5_000, key: 'report.story.lost', seconds: 7 })
    expect(found).toMatchObject({ at: NOON + 12_000, key: 'report.story.found', tone: 'good' })
  })

  it('tells trouble with how long it was there, and what was done about it', () => {
    expect(
      toldOf(
        { type: 'trouble', trouble: 'silent', s: 10 },
        { type: 'mended', what: 'sound', s: 10 },
        { type: 'trouble', trouble: null, s: 15 },
        { type: 'trouble', trouble: 'mine', s: 50 },
      ),
    ).toEqual(['trouble.silent 5', 'mended.sound', 'trouble.mine 10'])
  })

  it('tells what was switched, and not what a call begins with or lasts a moment', () => {
    expect(
      toldOf(
        { type: 'control', side: 'theirs', device: 'microphone', isOn: false, s: 2 },
        { type: 'control', side: 'theirs', device: 'microphone', isOn: true, s: 3 },
        { type: 'control', side: 'mine', device: 'microphone', isOn: true, s: 4 },
        { type: 'control', side: 'mine', device: 'microphone', isOn: false, s: 20 },
        { type: 'control', side: 'mine', device: 'microphone', isOn: true, s: 30 },
        { type: 'control', side: 'theirs', device: 'camera', isOn: true, s: 40 },
      ),
    ).toEqual([
      'control.mine.microphone.off',
      'control.mine.microphone.on',
      'control.theirs.camera.on',
    ])
  })

  it('tells reloads, devices, the server and the peer’s way to it', () => {
    expect(
      toldOf(
        { type: 'server', isReached: false, s: 10 },
        { type: 'server', isReached: true, s: 11 },
        { type: 'away', isAway: true, s: 12 },
        { type: 'away', isAway: false, s: 13 },
        { type: 'away', isAway: true, hasLeft: true, s: 13.5 },
        { type: 'reloaded', side: 'theirs', s: 14 },
        { type: 'device', device: 'microphone', what: 'gone', s: 15 },
        { type: 'failed', device: 'camera', code: 'media/in-use', s: 16 },
        { type: 'paused', side: 'mine', isOn: true, s: 17 },
        { type: 'paused', side: 'mine', isOn: false, s: 27 },
      ),
    ).toEqual([
      'serverLost',
      'serverFound',
      'away',
      'here',
      'left',
      'reloaded.theirs',
      'device.microphone.gone',
      'failed.camera',
      'paused.mine 10',
    ])
  })

  it('tells once that it was answered, also when this page was reloaded', () => {
    const again: Happened[] = [
      { type: 'status', status: 'calling', s: 20 },
      { type: 'link', link: 'connecting', s: 20 },
      { type: 'reloaded', side: 'mine', s: 20 },
      { type: 'link', link: 'connected', s: 21 },
    ]
    expect(toldOf(...again)).toEqual(['reloaded.mine', 'connected'])
    expect(told(again)).toEqual(['reloaded.mine', 'connected'])
  })
})
