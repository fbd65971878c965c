import type { Schedule } from './model/schedule.ts'
import type { runSync } from './model/syncWorld.ts'

/** Schedules that have broken a rule once, by what they showed. Their acts are numbers of acts.ts. */
export const PINNED: readonly (readonly [what: string, schedule: Schedule])[] = [
  [
    'a cancel overtook its invite, whose call was answered by glare',
    {
      seed: 0,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [448, 150544, 0],
    },
  ],
  [
    'a lost hang-up, which only the peer had heard on the data channel',
    {
      seed: 2144621093,
      weather: { lossPercent: 30, doublePercent: 0, delayMs: 1, jitterMs: 500 },
      pathPercent: 100,
      acts: [
        24622, 131703, 218507, 87483, 62544, 125883, 135774, 198608, 16656, 7374, 130045, 272,
        260235, 0,
      ],
    },
  ],
  [
    'a lost cancel of an invite that glare had merged, while the leg rang for the call that lived',
    {
      seed: -2146942927,
      weather: { lossPercent: 30, doublePercent: 100, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [104976, 29760, 60176, 44818, 66016, 63376, 130751, 0],
    },
  ],
  [
    'two calls one after the other of a leg whose frames overtook each other by seconds',
    {
      seed: 0,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 5_000 },
      pathPercent: 100,
      acts: [44829, 127408, 58185, 187133, 272, 185008, 0],
    },
  ],
  [
    'a server that died after it had said that a call is over, before it wrote so',
    {
      seed: 0,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [226064, 169493, 74576, 43619, 138752, 0],
    },
  ],
  [
    'an invite that was said anew while the first one was on its way, which opened the call once more when it was over',
    {
      seed: 1552251488,
      weather: { lossPercent: 2, doublePercent: 0, delayMs: 100, jitterMs: 5_000 },
      pathPercent: 100,
      acts: [
        27920, 32960, 2249, 121856, 134327, 154884, 224105, 173600, 110331, 74009, 23934, 233289,
        57616, 225792, 151485, 229373, 244480, 0,
      ],
    },
  ],
  [
    'somebody guessed the id of a call that its server had lost before it was written',
    {
      seed: -1726215370,
      weather: { lossPercent: 0, doublePercent: 0, delayMs: 1, jitterMs: 50 },
      pathPercent: 100,
      acts: [97300, 32015, 30480, 84238, 120016, 76496, 96736, 16304, 112656, 154335, 0],
    },
  ],
  [
    'news of a call came long after the leg had hung it up',
    {
      seed: 1846972890,
      weather: { lossPercent: 30, doublePercent: 10, delayMs: 1, jitterMs: 500 },
      pathPercent: 100,
      acts: [
        196645, 66171, 152813, 190027, 118013, 209390, 184676, 157540, 128016, 122971, 92448, 86917,
        124925, 245200, 26832, 83094, 82581, 116521, 63099, 141227, 167584, 73071, 0,
      ],
    },
  ],
  [
    'news of a call came long after the server had said that it is over',
    {
      seed: -563211887,
      weather: { lossPercent: 30, doublePercent: 10, delayMs: 20, jitterMs: 0 },
      pathPercent: 100,
      acts: [
        123086, 148598, 61198, 10975, 160894, 39168, 172085, 41744, 261392, 189886, 38432, 259869,
        146176, 944,
      ],
    },
  ],
  [
    'an invite without an answer was said again after the call was over, to a server that had lost it',
    {
      seed: 333602736,
      weather: { lossPercent: 10, doublePercent: 0, delayMs: 1, jitterMs: 0 },
      pathPercent: 100,
      acts: [34768, 103664, 54084, 24096, 128947, 236288, 0],
    },
  ],
]

/** Acts on a good network after which a screen or a record was wrong: seed and acts of fair.ts. */
export const PINNED_FAIR: readonly (readonly [
  what: string,
  seed: number,
  acts: readonly number[],
])[] = [
  ['a page was reloaded whose invite glare had merged', 0, [82208, 207376, 0, 149760, 0, 0]],
  [
    'a page came back into a call that was over, while somebody called its user',
    0,
    [162832, 0, 0, 137040, 166147, 115888, 0],
  ],
  [
    'a server died between the two lines that it wrote of a busy call',
    1234313996,
    [14864, 102336, 0, 27077, 55808, 0],
  ],
  [
    'a leg that rang learned that nobody knows its call before the caller said it again',
    1683808336,
    [221110, 0, 15632, 93014, 72960, 0],
  ],
  [
    'both pages were reloaded, and the answer to one was older than the news of the other',
    0,
    [108048, 82710, 21248, 206495, 66703, 32303, 0],
  ],
  [
    'a leg answered what was cancelled while the server was away',
    0,
    [0, 79104, 0, 255760, 137840, 0, 75700, 7680, 45840, 0],
  ],
  [
    'an invite was said anew and opened its call, though the first one had been refused',
    -2106140670,
    [248080, 0, 0, 220160, 272, 128528, 0],
  ],
  [
    'a server died before a page read that glare had merged its invite',
    1299182319,
    [
      174336, 0, 34320, 0, 0, 0, 139286, 238352, 0, 31248, 0, 0, 0, 30736, 0, 0, 124432, 0, 94483,
      236048, 5376, 135972, 34741, 163072, 0,
    ],
  ],
  [
    'a leg had declined what its server lost and heard of once more',
    -1006228856,
    [
      111872, 0, 209936, 16, 0, 135344, 0, 0, 20240, 0, 175360, 103632, 145680, 0, 0, 123664, 46848,
      0, 153760, 0, 0, 70246, 7168, 153616,
    ],
  ],
  [
    'a caller cancelled while the server was away, and was reloaded before it was back',
    0,
    [3600, 0, 0, 163072, 106528, 208896, 213520, 34686, 53247],
  ],
  [
    'a server died right after it had told a page that it rings',
    0,
    [142608, 0, 0, 199431, 230672, 15360, 0],
  ],
  [
    'a call was answered that its server had lost, before the caller said it again',
    -38813166,
    [240566, 63744, 83984, 0],
  ],
  [
    'the hang-up after an answer that a killed server refused came behind the invite that was said again',
    93388197,
    [40998, 6144, 199440, 0],
  ],
  [
    'a server was killed while a call was answered, and the page of its caller reloaded at once',
    0,
    [0, 0, 23552, 0, 0, 247056, 6144, 171636, 216320, 36974, 42719, 0],
  ],
  [
    'a server was killed right after it had merged two calls, before it wrote them down',
    -30,
    [150272, 0, 10496, 0, 0, 0, 0, 101705, 96784, 250720, 239702, 47360, 0],
  ],
]

/** What was written, read and delivered when a device did not come to what the server has. */
export const PINNED_SYNC: readonly (readonly [
  what: string,
  ...schedule: Parameters<typeof runSync>,
])[] = [
  [
    'the list was loaded after a message came, and then told an older count of what is unread',
    [
      { act: 'push', which: 0 },
      { act: 'write', from: 'me' },
      { act: 'read', upTo: 1 },
      { act: 'write', from: 'peer' },
    ],
    { count: 1, isGroup: true },
  ],
  [
    'an entry came late while everything was loaded again, and undid what was loaded',
    [
      { act: 'rename' },
      { act: 'receipt' },
      { act: 'ask', which: 0 },
      { act: 'receipt' },
      { act: 'rename' },
      { act: 'write', from: 'me' },
      { act: 'read', upTo: 1 },
      { act: 'recall', seq: 0 },
      { act: 'answer', which: 0 },
      { act: 'rename' },
      { act: 'prune' },
      { act: 'double', which: 48 },
      { act: 'answer', which: 0 },
      { act: 'push', which: 0 },
      { act: 'write', from: 'me' },
      { act: 'answer', which: 0 },
      { act: 'answer', which: 0 },
      { act: 'double', which: 32 },
    ],
    { count: 1, isGroup: true },
  ],
]
