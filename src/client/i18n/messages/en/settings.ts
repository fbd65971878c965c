export default {
  title: 'Settings',
  me: 'Me',
  mobile: 'Mobile: {mobile}',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languages: { system: 'System', 'zh-CN': '简体中文', en: 'English' },
  calls: {
    title: 'Calls',
    alerts: 'Call notifications',
    alertsHint: 'The system tells you of a call while this page is in the background.',
    alertsDenied:
      'The browser blocks notifications. Press the icon at the left of the address bar and set Notifications to Allow.',
    alertsAre: { granted: 'On', denied: 'Blocked' },
    allow: 'Turn on',
    allowAlerts: 'Turn on call notifications',
    ring: 'Ringtone',
    test: 'Test',
    testRing: 'Test ring',
    ringIs: {
      silent: 'Hear whether it is loud enough.',
      ringing: 'Playing…',
      blocked:
        'The browser blocks sound. Allow sound in the site settings of the address bar, then test again.',
    },
  },
  privacy: 'Privacy',
  showsPresence: 'Online status',
  showsPresenceHint:
    'Contacts see whether you are online and when you last were. When off, you don’t see theirs either.',
  showsTyping: 'Typing',
  showsTypingHint: 'Others see that you are typing. When off, you don’t see theirs either.',
  showsReading: 'Read receipts',
  showsReadingHint:
    'Others see that you have read a message. When off, you don’t see theirs either.',
  connectAfterAnswer: 'Don’t connect before I answer',
  connectAfterAnswerHint:
    'When on, a caller can’t learn your network address before you answer. Answering takes a moment longer.',
  relayOnly: 'Always relay through the server',
  relayOnlyHint:
    'When on, nobody you talk to can learn your network address. Sound and picture take a detour: more delay, and the picture may be less sharp. Needs a relay (TURN) on the server; without one no call is possible.',
}
