export default {
  waiting: {
    sent: 'Calling…',
    ringing: 'Ringing…',
    offline: 'Not online. It will ring once they are',
    hint: 'They may not have their phone at hand. Try again later',
  },
  coming: { audio: 'Invites you to a voice call', video: 'Invites you to a video call' },
  accept: 'Answer',
  acceptMuted: 'Answer muted',
  reject: 'Decline',
  cancel: 'Cancel',
  hangUp: 'Hang up',
  reply: {
    title: 'Reply with a message',
    ready: {
      callBack: 'I can’t talk now. I’ll call you back.',
      meeting: 'I’m in a meeting. Talk to you later.',
      onMyWay: 'On my way. Please wait a moment.',
      message: 'Please send me a message instead.',
    },
    own: 'Write your own',
    send: 'Send',
  },
  link: { connecting: 'Connecting…', reconnecting: 'Reconnecting…' },
  time: 'Call time',
  peer: {
    away: 'Their network is down. Waiting for them',
    microphoneOff: 'They are muted',
    cameraOff: 'Their camera is off',
  },
  microphone: 'Microphone',
  camera: 'Camera',
  speaker: 'Speaker',
  flip: 'Flip',
  devices: 'Devices',
  devicesTitle: 'Choose devices',
  systemChoice: 'System default',
  unnamed: '{kind} {number}',
  level: 'Microphone level',
  shareScreen: 'Share',
  sharing: 'You are sharing your screen',
  stopSharing: 'Stop sharing',
  enlarge: {
    remoteScreen: 'Enlarge their screen',
    remoteCamera: 'Enlarge their camera',
    localScreen: 'Enlarge your screen',
    localCamera: 'Enlarge your camera',
  },
  line: {
    screenDenied:
      'The system doesn’t allow this browser to record the screen. Allow it in the system settings, then share again.',
    screenFailed: 'The screen can’t be shared. Try another window or tab.',
  },
  minimise: 'Minimise',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  pictureInPicture: 'Picture in picture',
  move: 'Move window (arrow keys)',
  swap: 'Swap pictures',
  close: 'Close',
  taken: 'Answered on another device',
  restore: 'Back to the call with {nickname}',
  pill: 'Call with {nickname}',
  hearSound: 'Tap to hear',
  listenOnly: 'Continue, listen only',
  cancelCall: 'Cancel the call',
  endCall: 'End the call',
  dismiss: 'OK',
  notice: {
    microphone: {
      denied:
        'No permission for the microphone: they can’t hear you. Allow it in the site settings of the address bar, then press Microphone.',
      missing: 'No microphone found: they can’t hear you. Connect one, then press Microphone.',
      inUse:
        'Another program uses the microphone: they can’t hear you. Close it, then press Microphone.',
      other:
        'The microphone can’t be used: they can’t hear you. Reconnect it or restart the browser.',
    },
    camera: {
      denied:
        'No permission for the camera: the call goes on with sound. Allow it in the site settings of the address bar, then press Camera.',
      missing: 'No camera found: the call goes on with sound. Connect one, then press Camera.',
      inUse:
        'Another program uses the camera: the call goes on with sound. Close it, then press Camera.',
      other:
        'The camera can’t be used: the call goes on with sound. Reconnect it or restart the browser.',
    },
    speaker: {
      denied:
        'Choosing a speaker isn’t allowed; the system’s is used. Allow it in the site settings.',
      missing: 'The chosen speaker is gone; the system’s is used.',
      inUse: 'Another program uses the speaker. Choose another one in Devices.',
      other: 'The chosen speaker can’t be used. Choose another one in Devices.',
    },
  },
}
