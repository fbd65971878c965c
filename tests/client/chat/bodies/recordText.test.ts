import { describe, expect, it } from 'vitest'
import { recordText } from '#client/chat/bodies/recordText.ts'
import { record } from '../../../support/client/people.ts'
import { speak } from '../../../support/client/speak.ts'

describe.each([
  ['completed', 83_000, '通话时长 01:23', '通话时长 01:23'],
  ['cancelled', 0, '已取消', '对方已取消'],
  ['rejected', 0, '对方已拒绝', '已拒绝'],
  ['unanswered', 0, '对方无应答', '未接来电'],
  ['busy', 0, '对方忙线中', '忙线未接听'],
  ['failed', 0, '连接失败', '连接失败'],
  ['failed', 1, '通话中断', '通话中断'],
] as const)('[CA13] a call that is %s after %i ms', (outcome, durationMs, caller, callee) => {
  it.each([
    ['caller', true, caller],
    ['callee', false, callee],
  ] as const)('reads for the %s', async (_, isCaller, text) => {
    const t = await speak('zh-CN')
    expect(recordText(record({ outcome, durationMs }), isCaller, t)).toBe(text)
  })
})
