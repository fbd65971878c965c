import { closeAll, connect, isConnected, offerer } from './pair.ts'
import { countOf, equal, fails, settle, until, type PeerConnectionRule } from './rule.ts'

export const path: readonly PeerConnectionRule[] = [
  {
    title: 'two that know each other connect without a track',
    async holds(room) {
      const pair = await connect(room)
      await until(() => isConnected(pair))
      const senders = [pair.caller, pair.callee].flatMap((side) => side.getSenders())
      equal(
        senders.map(({ track }) => track),
        Array(6).fill(null),
        'what they send',
      )
      closeAll(pair.caller, pair.callee)
    },
  },
  {
    title: 'a channel that both agreed on opens on both sides and carries text both ways',
    async holds(room) {
      const { caller, callee, channels } = await connect(room)
      await until(() => channels.every(({ readyState }) => readyState === 'open'))
      const heard: string[] = []
      for (const channel of channels) {
        channel.addEventListener('message', ({ data }: MessageEvent<string>) => heard.push(data))
      }
      channels[0].send('from the caller')
      await until(() => heard.length === 1)
      channels[1].send('from the callee')
      await until(() => heard.length === 2)
      equal(heard, ['from the caller', 'from the callee'], 'what was heard')
      closeAll(caller, callee)
    },
  },
  {
    title: 'a channel carries nothing before it is open',
    async holds(room) {
      const { connection, channel } = offerer(room)
      equal(channel.readyState, 'connecting', 'the state of the channel')
      await fails(
        () => {
          channel.send('early')
        },
        'InvalidStateError',
        'sending early',
      )
      connection.close()
    },
  },
  {
    title: 'the channel of who stays closes when the other one goes',
    async holds(room) {
      const pair = await connect(room)
      await until(() => pair.channels.every(({ readyState }) => readyState === 'open'))
      pair.caller.close()
      await until(() => pair.channels[1].readyState === 'closed')
      pair.callee.close()
    },
  },
]

export const tracks: readonly PeerConnectionRule[] = [
  {
    title: 'replaces a track, or takes it away, without negotiating',
    async holds(room) {
      const pair = await connect(room)
      const { caller, callee } = pair
      await until(() => isConnected(pair))
      const asked = countOf(caller, 'negotiationneeded')
      const [sender] = caller.getSenders()
      const track = room.audioTrack()
      await sender?.replaceTrack(track)
      equal(sender?.track === track, true, 'whether it sends the track')
      await sender?.replaceTrack(null)
      equal(sender?.track, null, 'what it sends afterwards')
      await settle()
      equal(asked(), 0, 'how often it asked')
      closeAll(caller, callee)
    },
  },
  {
    title: 'refuses a track of another kind',
    async holds(room) {
      const { connection } = offerer(room)
      const [, camera] = connection.getSenders()
      await fails(
        () => camera?.replaceTrack(room.audioTrack()),
        'TypeError',
        'a voice as a picture',
      )
      connection.close()
    },
  },
]
