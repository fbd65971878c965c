import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { LevelMeter, LevelMeterFactory } from '#client/platform/media/LevelMeter.ts'

/** Loudness of a track, 0 to 1, ten times a second; 0 without a track. */
export function useLevel(
  track: Readonly<Ref<MediaStreamTrack | null>>,
  createMeter: LevelMeterFactory,
): Readonly<Ref<number>> {
  const level = ref(0)
  let meter: LevelMeter | null = null
  const { pause, resume } = useIntervalFn(
    () => {
      level.value = meter?.read() ?? 0
    },
    100,
    { immediate: false },
  )
  watch(track, (next) => {
    meter?.stop()
    meter = next === null ? null : createMeter(next)
    level.value = 0
    if (next === null) pause()
    else resume()
  })
  onScopeDispose(() => meter?.stop())
  return level
}
