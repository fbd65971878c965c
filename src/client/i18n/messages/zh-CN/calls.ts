export default {
  voice: '语音通话',
  video: '视频通话',
}
