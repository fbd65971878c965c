import type { UserView } from '#shared/protocol/accounts.ts'
import type { CallJournal, OpenCall, Participant } from './callRepository.ts'
import type { LiveCall } from './registry/call.ts'

export interface LeftCallsOptions {
  readonly journal: Pick<CallJournal, 'open'>
  readonly userView: (userId: string) => Promise<UserView | null>
}

/** The calls that an earlier life of the server has left going on, as the journal knows them [CA14]. */
export async function leftCalls({ journal, userView }: LeftCallsOptions): Promise<LiveCall[]> {
  const rows = await journal.open()
  return Promise.all(
    rows.map(async (row) => {
      const callerView = await userView(row.callerId)
      return liveCall(row, callerView ?? { id: row.callerId, nickname: '' })
    }),
  )
}

function liveCall(row: OpenCall, callerView: UserView): LiveCall {
  const { callId, kind, calleeId, invitedAt, acceptedAt, callerParticipant, calleeParticipant } =
    row
  const { secret, ...leg } = callerParticipant ?? unknownParticipant(callId)
  const call = {
    callId,
    kind,
    caller: { userId: row.callerId, ...leg },
    callerSecret: secret,
    callerView,
    calleeId,
    invitedAt,
    away: [],
  }
  // Every leg of the callee says hello again, and rings.
  if (acceptedAt === null) return { ...call, phase: 'ringing', calleeLegs: [] }
  const { secret: calleeSecret, ...calleeLeg } = calleeParticipant ?? unknownParticipant(callId)
  const callee = { userId: calleeId, ...calleeLeg }
  return { ...call, phase: 'talking', acceptedAt, callee, calleeSecret, calleeLegs: [callee] }
}

/** A version that did not note its legs: nobody can come back, and the grace ends the call. */
const unknownParticipant = (callId: string): Participant => ({
  legId: callId,
  deviceId: callId,
  secret: null,
})
