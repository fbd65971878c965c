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
    alertsHint: 'Get a system notification for calls while this page is in the background.',
    alertsDenied:
      'Your browser blocks notifications. Press the icon to the left of the address and set Notifications to Allow.',
    alertsAre: { granted: 'On', denied: 'Blocked' },
    allow: 'Turn on',
    allowAlerts: 'Turn on call notifications',
    ring: 'Ringtone',
    test: 'Test',
    testRing: 'Test ringtone',
    ringIs: {
      silent: 'Check that it’s loud enough.',
      ringing: 'Playing…',
      blocked:
        'Your browser blocked the sound. Allow it in the site settings beside the address, then test again.',
    },
  },
  privacy: 'Privacy',
  showsPresence: 'Online status',
  showsPresenceHint:
    'Contacts can see when you’re online and when you were last seen. If you turn this off, you won’t see theirs either.',
  showsTyping: 'Typing indicator',
  showsTypingHint:
    'Others can see when you’re typing. If you turn this off, you won’t see theirs either.',
  showsReading: 'Read receipts',
  showsReadingHint:
    'Others can see when you’ve read their messages. If you turn this off, you won’t see theirs either.',
  connectAfterAnswer: 'Don’t connect before I answer',
  connectAfterAnswerHint:
    'When on, callers can’t learn your IP address before you answer. Answering takes a moment longer.',
  relayOnly: 'Always relay through the server',
  relayOnlyHint:
    'When on, nobody you talk to can learn your IP address. Sound and video take a detour, so there’s more delay and the video may be less sharp. Needs a relay (TURN) on the server. Without one, calls won’t work.',
}
