export default {
  voice: 'Voice call',
  video: 'Video call',
  inCallWith: 'You are in a call with {nickname}',
}
