export default {
  voice: 'Voice call',
  video: 'Video call',
}
