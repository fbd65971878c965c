export default {
  waiting: {
    sent: 'Calling…',
    ringing: 'Ringing…',
    offline: 'They’re offline. It’ll ring when they’re back.',
    hint: 'They may not have their phone with them. Try again later.',
  },
  coming: {
    audio: 'Incoming voice call',
    video: 'Incoming video call',
    away: 'They lost connection and may be gone',
    left: 'They left the page but may be back',
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
      onMyWay: 'I’m on my way. Be right there.',
      message: 'Please message me instead.',
    },
    own: 'Write your own',
    send: 'Send',
  },
  link: {
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
    left: 'They left the page',
  },
  time: 'Call duration',
  peer: {
    away: 'They lost connection. Waiting for them…',
    left: 'They left the page. Waiting for them…',
    microphoneOff: 'They’re muted',
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
  processors: {
    starting: 'Loading…',
    noise: {
      name: 'Strong noise suppression',
      hint: 'Filters out typing, fans and other background noise',
      failed:
        'Strong noise suppression couldn’t load, so they may hear background noise. Check your network, then turn it on in Devices.',
      slow: 'Your device is too busy, so strong noise suppression is off. They may hear background noise.',
    },
    blur: {
      name: 'Background blur',
      hint: 'Keeps you sharp and blurs what’s behind you',
      failed:
        'Background blur couldn’t load, so they can see your background. Check your network, then turn it on in Devices.',
      slow: 'Your device is too busy, so background blur is off. They can see your background.',
    },
  },
  shareScreen: 'Share',
  sharing: 'You’re sharing your screen',
  stopSharing: 'Stop sharing',
  enlarge: {
    remoteScreen: 'Enlarge their screen',
    remoteCamera: 'Enlarge their video',
    localScreen: 'Enlarge your screen',
    localCamera: 'Enlarge your video',
  },
  upgrade: {
    asked: 'They’d like to switch to video',
    yes: 'Accept',
    no: 'Not now',
    asking: 'Asking them to switch to video…',
    withdraw: 'Cancel',
  },
  waits: {
    mine: {
      permission: {
        microphone: 'Allow the microphone when your browser asks',
        camera: 'Allow the camera when your browser asks',
        both: 'Allow the microphone and camera when your browser asks',
      },
      device: {
        microphone: 'Turning on your microphone…',
        camera: 'Turning on your camera…',
        both: 'Turning on your microphone and camera…',
      },
    },
    theirs: {
      permission: {
        microphone: 'Waiting for them to allow their microphone',
        camera: 'Waiting for them to allow their camera',
        both: 'Waiting for them to allow their microphone and camera',
      },
      device: {
        microphone: 'Their microphone is turning on…',
        camera: 'Their camera is turning on…',
        both: 'Their microphone and camera are turning on…',
      },
    },
  },
  silenced: {
    microphone: 'Your system paused the microphone, maybe for a phone call. They can’t hear you.',
    camera: 'Your system paused the camera. They can’t see you.',
  },
  trouble: {
    mine: 'Your network is unstable. Move closer to your router or try another network.',
    theirs: 'Their network is unstable. Turning off cameras may help.',
    path: 'The connection between you is unstable. Turn off cameras for clearer sound.',
    computer: 'Your device is too busy. Close some apps or tabs.',
    theirComputer: 'Their device is too busy. Ask them to close some apps.',
    silent: 'There’s no sound from them. Ask them to check their microphone.',
    frozen: 'Their video is frozen. The sound still works.',
    jammed: 'Your browser froze for a moment. Close some apps or tabs.',
    unheard:
      'Your microphone isn’t picking anything up. Check its mute switch, or choose another one in Devices.',
  },
  paused: {
    mine: 'Your network is slow. Your video is paused to keep your voice clear.',
    theirs: 'Their network is slow, so their video is paused.',
  },
  bars: {
    mine: 'Your network: {bars}',
    theirs: 'Their network: {bars}',
    who: { mine: 'You', theirs: 'Them' },
    none: 'no signal',
    veryWeak: 'very weak',
    weak: 'weak',
    good: 'good',
    veryGood: 'very good',
  },
  line: {
    microphoneGone: 'Microphone disconnected. Now using: {name}',
    cameraGone: 'Camera disconnected. Now using: {name}',
    speakerGone: '{name} disconnected. Now using the system speaker.',
    microphoneBack: 'Switched back to your microphone: {name}',
    cameraBack: 'Switched back to your camera: {name}',
    speakerBack: 'Switched back to your speaker: {name}',
    upgradeDeclined: 'They’d rather stay on voice for now.',
    upgradeUnanswered: 'They didn’t respond. The call continues with voice.',
    screenDenied:
      'Your system doesn’t let this browser record the screen. Allow it in the system settings, then share again.',
    screenFailed: 'Couldn’t share the screen. Try another window or tab.',
  },
  minimise: 'Minimise',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Exit full screen',
  pictureInPicture: 'Picture-in-picture',
  move: 'Move window (arrow keys)',
  swap: 'Swap videos',
  close: 'Close',
  taken: 'Answered on another device',
  restore: 'Back to the call with {nickname}',
  pill: 'Call with {nickname}',
  hearSound: 'Tap to hear',
  returnToCall: 'Return to call',
  listenOnly: 'Just listen',
  cancelCall: 'Cancel call',
  endCall: 'End call',
  dismiss: 'OK',
  notice: {
    microphone: {
      denied:
        'Microphone access is blocked, so they can’t hear you. Allow it in the site settings beside the address, then press Microphone.',
      missing: 'No microphone found, so they can’t hear you. Connect one, then press Microphone.',
      inUse:
        'Another app is using your microphone, so they can’t hear you. Close that app, then press Microphone.',
      other:
        'Your microphone isn’t working, so they can’t hear you. Reconnect it or restart your browser.',
    },
    camera: {
      denied:
        'Camera access is blocked, so the call continues with sound only. Allow it in the site settings beside the address, then press Camera.',
      missing:
        'No camera found, so the call continues with sound only. Connect one, then press Camera.',
      inUse:
        'Another app is using your camera, so the call continues with sound only. Close that app, then press Camera.',
      other:
        'Your camera isn’t working, so the call continues with sound only. Reconnect it or restart your browser.',
    },
    speaker: {
      denied:
        'Your browser doesn’t allow choosing a speaker, so the system speaker is used. Allow it in the site settings.',
      missing: 'Your chosen speaker is gone. Now using the system speaker.',
      inUse: 'Another app is using this speaker. Choose another one in Devices.',
      other: 'Your chosen speaker isn’t working. Choose another one in Devices.',
    },
  },
}
