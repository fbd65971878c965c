const NICKNAMES = ['安然', '白露', '陈晨', '丁宁', '方圆', '谷雨', '何夕', '江月', '林深', '沐阳']

/** The lines that tell who can be tried out; the server makes these accounts, except in production. */
export function demoAccountLines(/** @type {string | undefined} */ nodeEnv) {
  if (nodeEnv === 'production') return []
  const accounts = NICKNAMES.map(
    (nickname, index) => `  ${String(13_006_789_001 + index)}  ${nickname}`,
  )
  return ['', 'Accounts to try out, all friends of one another, password 123456:', ...accounts]
}
