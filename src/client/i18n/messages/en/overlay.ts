export default {
  waiting: {
    sent: 'Calling…',
    ringing: 'Ringing…',
    offline: 'Not online. It will ring once they are',
    hint: 'They may not have their phone at hand. Try again later',
  },
  coming: {
    audio: 'Invites you to a voice call',
    video: 'Invites you to a video call',
    away: 'They have lost the connection and may have left',
    left: 'They have left the page and may be back',
  },
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
  link: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    left: 'They left the page',
  },
  time: 'Call time',
  peer: {
    away: 'Their network is down. Waiting for them',
    left: 'They left the page. Waiting for them',
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
  effects: {
    starting: 'Loading…',
    noise: {
      name: 'Strong noise suppression',
      hint: 'Takes away keyboards, fans and other sounds around you',
      failed:
        'Strong noise suppression could not be loaded: your voice goes out as it is. Check the network, then switch it on in Devices.',
      slow: 'Your computer is too busy: strong noise suppression is off, your voice goes out as it is.',
    },
    blur: {
      name: 'Blur my background',
      hint: 'They see you clearly, and not what is behind you',
      failed:
        'The blur could not be loaded: they can see your background. Check the network, then switch it on in Devices.',
      slow: 'Your computer is too busy: the blur is off, they can see your background.',
    },
  },
  shareScreen: 'Share',
  sharing: 'You are sharing your screen',
  stopSharing: 'Stop sharing',
  enlarge: {
    remoteScreen: 'Enlarge their screen',
    remoteCamera: 'Enlarge their camera',
    localScreen: 'Enlarge your screen',
    localCamera: 'Enlarge your camera',
  },
  wish: {
    asked: 'They would like to switch to video',
    yes: 'Accept',
    no: 'Not now',
    asking: 'Waiting for them to agree to video…',
    withdraw: 'Cancel',
  },
  waits: {
    mine: {
      permission: {
        microphone: 'Allow the microphone in the browser’s question',
        camera: 'Allow the camera in the browser’s question',
        both: 'Allow the microphone and the camera in the browser’s question',
      },
      device: {
        microphone: 'Opening the microphone…',
        camera: 'Opening the camera…',
        both: 'Opening the microphone and the camera…',
      },
    },
    theirs: {
      permission: {
        microphone: 'They are being asked for their microphone',
        camera: 'They are being asked for their camera',
        both: 'They are being asked for their microphone and camera',
      },
      device: {
        microphone: 'Their microphone is being opened…',
        camera: 'Their camera is being opened…',
        both: 'Their microphone and camera are being opened…',
      },
    },
  },
  silenced: {
    microphone: 'The system holds your microphone, perhaps for a phone call: they can’t hear you',
    camera: 'The system holds your camera: they can’t see you',
  },
  trouble: {
    mine: 'Your network is unstable. Move closer to the router, or try another network.',
    theirs: 'Their network is unstable. Turning cameras off may help.',
    path: 'The path between you is unstable. Turning cameras off makes voices clearer.',
    computer: 'Your computer is too busy. Close some programs or tabs.',
    theirComputer: 'Their computer is too busy. Ask them to close some programs.',
    silent: 'No sound arrives from them. Ask them to check their microphone.',
    frozen: 'Their picture is frozen. The sound goes on.',
    jammed: 'The browser was stuck for a moment. Close some programs or tabs.',
    unheard:
      'Your microphone gives no sound. Look at its mute switch, or choose another one in Devices.',
  },
  paused: {
    mine: 'Your network is slow. Your picture pauses so that your voice gets through.',
    theirs: 'Their network is slow, so their picture pauses.',
  },
  bars: {
    mine: 'Your network: {bars}',
    theirs: 'Their network: {bars}',
    who: { mine: 'You', theirs: 'Them' },
    none: 'none',
    veryWeak: 'very weak',
    weak: 'weak',
    good: 'good',
    veryGood: 'very good',
  },
  line: {
    microphoneGone: 'The microphone was disconnected. Now in use: {name}',
    cameraGone: 'The camera was disconnected. Now in use: {name}',
    speakerGone: '{name} was disconnected. Sound comes from the system’s speaker.',
    microphoneBack: 'Back to your microphone: {name}',
    cameraBack: 'Back to your camera: {name}',
    speakerBack: 'Back to your speaker: {name}',
    wishDeclined: 'They prefer to stay with voice for now.',
    wishUnanswered: 'They did not answer. The call goes on with voice.',
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
  returnToCall: 'Return to the call',
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
