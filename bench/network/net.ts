import { existsSync, readdirSync } from 'node:fs'
import { command } from './system.ts'

/**
 * A small internet in namespaces of its own: two people, each behind a link, a router, and the place
 * where server and relay stand. No interface of it is outside, and there is no way out of it.
 *
 *     anran ── anran0 ┐
 *                     router ── site0 ── site (Ahoy, coturn)
 *     bailu ── bailu0 ┘
 *
 * Packets are lost on the router, between its links: whoever sends never learns of it, as it is outside.
 */
export interface Net {
  /** The namespace of a place, to start programs in. */
  readonly namespaceOf: (place: Place) => string
  /** What is lost from now on, in the place of what was lost before; nothing: all is well. */
  lose(...faults: readonly Fault[]): void
  /** Somebody goes from one network to another: the old address is gone, and a new one is there. */
  changeAddress(side: Side): void
  close(): void
}

export const SIDES = ['anran', 'bailu'] as const
export type Side = (typeof SIDES)[number]
export type Place = Side | 'router' | 'site'

/** Each in both directions; `percent` of the packets of each direction. */
export type Fault =
  | { readonly on: 'link'; readonly side: Side; readonly percent: number }
  /** What goes from one to the other without the relay. */
  | { readonly on: 'direct'; readonly percent: number }
  | { readonly on: 'udp'; readonly percent: number }
  /** What goes to STUN and TURN, and comes from there. */
  | { readonly on: 'relay'; readonly percent: number }
  /** As `link`, but so many packets in a row of each hundred. */
  | { readonly on: 'bursts'; readonly side: Side; readonly percent: number }
  /** So much goes over the link, and what is more waits, up to a quarter of a second. */
  | { readonly on: 'narrow'; readonly side: Side; readonly kbps: number }

/**
 * Addresses as they are on the internet, since the relay refuses private ones. Whose they are outside
 * does not matter here.
 */
const NETWORKS = { anran: '20.1.1', bailu: '20.1.2', site: '20.1.3' } as const
const OTHER_NETWORKS = { anran: '20.1.11', bailu: '20.1.12' } as const
export const SITE_IP = `${NETWORKS.site}.2`

export const TURN_PORT = 3478

const PREFIX = 'ahoy-lab-'
const PLACES: readonly Place[] = ['anran', 'bailu', 'site', 'router']

const QUEUE = ['burst', '8kb', 'latency', '250ms']

type Narrow = Extract<Fault, { on: 'narrow' }>
const isNarrow = (fault: Fault): fault is Narrow => fault.on === 'narrow'

function dropOf({ on, percent }: Exclude<Fault, Narrow>): string {
  if (percent === 100) return 'drop'
  return on === 'bursts'
    ? `numgen inc mod 100 < ${percent} drop`
    : `numgen random mod 1000 < ${Math.round(percent * 10)} drop`
}

/** The rules of nftables for a fault. */
function rulesOf(fault: Fault): string[] {
  if (fault.on === 'narrow') return []
  const drop = dropOf(fault)
  switch (fault.on) {
    case 'link':
    case 'bursts':
      return [`iifname "${fault.side}0" ${drop}`, `oifname "${fault.side}0" ${drop}`]
    case 'direct':
      return [
        `iifname "anran0" oifname "bailu0" ${drop}`,
        `iifname "bailu0" oifname "anran0" ${drop}`,
      ]
    case 'relay':
      return ['dport', 'sport'].map((end) => `th ${end} ${TURN_PORT} ${drop}`)
    case 'udp':
      return [`meta l4proto udp ${drop}`]
  }
}

/** Build it. @throws Error when the machine does not let us */
export function createNet(): Net {
  const namespaceOf = (place: Place): string => `${PREFIX}${process.pid}-${place}`
  const inPlace = (place: Place, ...args: string[]): string =>
    command('ip', 'netns', 'exec', namespaceOf(place), ...args)

  function connect(place: Exclude<Place, 'router'>): void {
    const [router, own] = [namespaceOf('router'), namespaceOf(place)]
    const veth = ['link', 'add', `${place}0`, 'netns', router, 'type', 'veth']
    command('ip', ...veth, 'peer', 'name', 'eth0', 'netns', own)
    const networks = [NETWORKS[place], ...(place === 'site' ? [] : [OTHER_NETWORKS[place]])]
    for (const network of networks) {
      command('ip', '-n', router, 'addr', 'add', `${network}.1/24`, 'dev', `${place}0`)
    }
    command('ip', '-n', router, 'link', 'set', `${place}0`, 'up')
    command('ip', '-n', own, 'link', 'set', 'lo', 'up')
    command('ip', '-n', own, 'link', 'set', 'eth0', 'up')
    settle(own, NETWORKS[place])
  }

  try {
    for (const place of PLACES) {
      command('ip', 'netns', 'add', namespaceOf(place))
      inPlace(place, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1')
    }
    inPlace('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
    connect('anran')
    connect('bailu')
    connect('site')
    inPlace('router', 'nft', 'add table inet lab')
    inPlace(
      'router',
      'nft',
      'add chain inet lab forward { type filter hook forward priority 0 ; policy accept ; }',
    )
  } catch (error) {
    removeNamespaces(`${PREFIX}${process.pid}-`)
    throw error
  }

  /** What each end of a link lets out, kbit/s; undefined: whatever comes. */
  function narrow(side: Side, kbps: number | undefined): void {
    const ends = [['router', `${side}0`] as const, [side, 'eth0'] as const]
    for (const [place, device] of ends) {
      if (kbps === undefined) {
        attempt(() => inPlace(place, 'tc', 'qdisc', 'del', 'dev', device, 'root'))
        continue
      }
      const queue = ['dev', device, 'root', 'tbf', 'rate', `${kbps}kbit`, ...QUEUE]
      inPlace(place, 'tc', 'qdisc', 'replace', ...queue)
    }
  }

  return {
    namespaceOf,
    lose(...faults) {
      for (const side of SIDES) {
        narrow(side, faults.filter(isNarrow).find((one) => one.side === side)?.kbps)
      }
      // In one transaction, so that there is no moment without any of them.
      const rules = faults.flatMap(rulesOf).map((rule) => `add rule inet lab forward ${rule}`)
      inPlace('router', 'nft', ['flush chain inet lab forward', ...rules].join('\n'))
    },
    changeAddress(side) {
      const own = namespaceOf(side)
      const hasFirst = command('ip', '-n', own, 'addr').includes(`${NETWORKS[side]}.`)
      command('ip', '-n', own, 'addr', 'flush', 'dev', 'eth0')
      settle(own, hasFirst ? OTHER_NETWORKS[side] : NETWORKS[side])
    },
    close() {
      removeNamespaces(`${PREFIX}${process.pid}-`)
    },
  }
}

/** Take the address of this network, and send everything to its router. */
function settle(namespace: string, network: string): void {
  command('ip', '-n', namespace, 'addr', 'add', `${network}.2/24`, 'dev', 'eth0')
  command('ip', '-n', namespace, 'route', 'add', 'default', 'via', `${network}.1`)
}

/** End what runs in these namespaces, and remove them with all that is in them. */
function removeNamespaces(prefix: string): void {
  for (const name of namespaces().filter((one) => one.startsWith(prefix))) {
    // A process that ends while it is listed is no reason to leave the rest behind.
    const pids = attempt(() => command('ip', 'netns', 'pids', name))?.split('\n') ?? []
    for (const pid of pids) if (pid !== '') attempt(() => process.kill(Number(pid), 'SIGKILL'))
    attempt(() => command('ip', 'netns', 'del', name))
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

const NAMESPACES = '/run/netns'
const namespaces = (): string[] => (existsSync(NAMESPACES) ? readdirSync(NAMESPACES) : [])

/** Remove what a lab left that was killed. */
export function sweep(): void {
  for (const name of namespaces()) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeNamespaces(name)
  }
}
