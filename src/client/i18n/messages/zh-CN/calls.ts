export default {
  voice: '语音通话',
  video: '视频通话',
  inCallWith: '你正在与{nickname}通话',
}
