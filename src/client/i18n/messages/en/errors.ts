export default {
  protocol: {
    malformed: 'Something isn’t right here. Check what you entered and try again.',
    'unknown-type': 'This page is out of date. Please reload it.',
    'too-large': 'This is too long. Shorten it and try again.',
    outdated: 'This page is out of date. Please reload it.',
    'not-ready': 'Not connected yet. Try again in a moment.',
  },
  auth: {
    'wrong-credentials': 'Wrong mobile number or password. Please try again.',
    'signed-out': 'You’ve been logged out. Please log in again.',
    'other-account': 'This browser is now using another account. Log in again to use yours.',
    'mobile-taken': 'This number is already registered. Log in instead.',
    'password-too-common': 'This password is too common. Choose another one.',
  },
  request: {
    forbidden: 'You can’t do this. You may no longer be contacts.',
    blocked: 'This person isn’t accepting your messages or calls.',
    'not-found': 'Not found. It may have been removed.',
    conflict: 'This has changed in the meantime. Refresh and try again.',
    'too-late': 'It’s too late to change this message.',
    'rate-limited': 'Too many attempts. Try again later.',
    'timed-out': 'The server isn’t responding. Check your network and try again.',
    server: 'Something went wrong on the server. Try again later.',
  },
  rateLimitedFor: 'Too many attempts. Try again in {seconds} s.',
  connection: {
    offline: 'Can’t connect. Check your network and try again.',
    refused: 'The server refused the connection. Reload the page.',
    superseded: 'Opened in another tab. Reload to continue here.',
  },
  media: {
    'permission-denied':
      'Microphone or camera access is blocked. Allow it in your browser settings.',
    'not-found': 'No microphone or camera found. Connect one and try again.',
    'in-use': 'Another app is using this device. Close that app and try again.',
    'insecure-origin': 'Calls need a secure connection. Open the https address.',
    unsupported: 'This browser doesn’t support calls. Use a recent one.',
    'autoplay-blocked': 'Your browser blocked the sound. Click the page to hear it.',
    'processor-failed': 'The effect couldn’t start. Turn it on again in Devices.',
    other: 'This device isn’t working. Reconnect it or restart your browser.',
  },
  negotiation: {
    failed: 'The call couldn’t connect. Try calling again.',
    'no-path': 'Couldn’t reach their device. Try another network.',
    'no-relay':
      'This server has no relay. To call, turn off “Always relay through the server” in Settings.',
  },
  call: {
    taken: 'Answered on another device.',
    ended: 'The call has ended. You can call again.',
    'already-in-call': 'You’re already in a call. Hang up first.',
  },
}
