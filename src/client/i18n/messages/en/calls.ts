export default {
  voice: 'Voice call',
  video: 'Video call',
  inCallWith: 'You’re in a call with {nickname}',
}
