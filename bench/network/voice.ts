const SAMPLE_RATE = 48_000
const SECONDS = 10
const HEADER_BYTES = 44
const HARMONICS = 12
/** Syllables a second. */
const SYLLABLES_HZ = 4

/**
 * A WAV file (mono, 16 bit) for the fake microphone that a codec takes for speech: a gliding voice with
 * its harmonics, in syllables, without the pauses in which nothing would be sent. A plain tone may be
 * taken for noise and removed.
 */
export function voiceWav(): Buffer {
  const samples = SAMPLE_RATE * SECONDS
  const wav = Buffer.alloc(HEADER_BYTES + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(HEADER_BYTES - 8 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16) // bytes of the format
  wav.writeUInt16LE(1, 20) // PCM
  wav.writeUInt16LE(1, 22) // channels
  wav.writeUInt32LE(SAMPLE_RATE, 24)
  wav.writeUInt32LE(SAMPLE_RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  let phase = 0
  for (let index = 0; index < samples; index += 1) {
    const seconds = index / SAMPLE_RATE
    // Whole turns in the length of the file, so that it repeats without a click.
    phase += (2 * Math.PI * (150 + 30 * Math.sin(2 * Math.PI * 0.7 * seconds))) / SAMPLE_RATE
    const syllable = 0.65 + 0.35 * Math.sin(2 * Math.PI * SYLLABLES_HZ * seconds)
    wav.writeInt16LE(Math.round(voice(phase) * syllable * 0x2fff), HEADER_BYTES + index * 2)
  }
  return wav
}

/** -1 to 1: harmonics that fall off as those of a throat do. */
function voice(phase: number): number {
  let sum = 0
  for (let nth = 1; nth <= HARMONICS; nth += 1) sum += Math.sin(nth * phase) / nth
  return sum / 2
}
