export default {
  protocol: {
    malformed: 'Something in this doesn’t fit. Check it and try again.',
    'unknown-type': 'This page is an older version. Please reload it.',
    'too-large': 'This is too large. Make it smaller and try again.',
    outdated: 'This page is an older version. Please reload it.',
    'not-ready': 'Not connected yet. Try again in a moment.',
  },
  auth: {
    'wrong-credentials': 'The number or the password is wrong. Please try again.',
    'signed-out': 'Your session has ended. Please log in again.',
    'other-account':
      'Another account is logged in in this browser. Log in again to use yours here.',
    'mobile-taken': 'This number is registered already. Log in instead.',
    'password-too-common': 'Too many people use this password. Choose another one.',
  },
  request: {
    forbidden: 'This isn’t possible. You may no longer be contacts.',
    blocked: 'This person does not take your messages and calls.',
    'not-found': 'Not found. It may have been removed.',
    conflict: 'This has changed meanwhile. Refresh and try again.',
    'too-late': 'Too much time has passed for that.',
    'rate-limited': 'Too many attempts. Try again later.',
    'timed-out': 'The server doesn’t answer. Check your network and try again.',
    server: 'The server has a problem. Try again later.',
  },
  rateLimitedFor: 'Too many attempts. Try again in {seconds} s.',
  connection: {
    offline: 'No network. Check your connection and try again.',
    refused: 'The server refused the connection. Reload the page.',
    superseded: 'Opened in another page. Reload to go on here.',
  },
  media: {
    'permission-denied':
      'No permission for microphone or camera. Allow it in the browser’s settings.',
    'not-found': 'No microphone or camera found. Connect one and try again.',
    'in-use': 'Another program uses the device. Close it and try again.',
    'insecure-origin': 'Calls need a secure connection. Open the https address.',
    unsupported: 'This browser can’t make calls. Use a recent one.',
    'autoplay-blocked': 'The browser blocks sound. Click the page to hear it.',
    'effect-failed': 'The effect can’t be used. Switch it on again in Devices.',
    other: 'The device can’t be used. Reconnect it or restart the browser.',
  },
  negotiation: {
    failed: 'The call could not connect. Call again.',
    'no-path': 'No way to reach the other side. Try another network.',
    'no-relay':
      'The server offers no relay. Turn off “Always relay through the server” in Settings to call.',
  },
  call: {
    taken: 'Answered on another device.',
    ended: 'The call has ended. You can call again.',
    'already-in-call': 'You are in a call. Hang up first.',
  },
}
