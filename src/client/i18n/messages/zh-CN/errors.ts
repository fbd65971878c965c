export default {
  protocol: {
    malformed: '内容的格式不对，请检查后重试。',
    'unknown-type': '当前页面版本过旧，请重新加载。',
    'too-large': '内容过大，请减少后重试。',
    outdated: '当前页面版本过旧，请重新加载。',
    'not-ready': '连接尚未就绪，请稍候重试。',
  },
  auth: {
    'wrong-credentials': '手机号或密码不正确，请重新输入。',
    'signed-out': '登录已失效，请重新登录。',
    'mobile-taken': '该手机号已注册，请直接登录。',
    'password-too-common': '这个密码太常见，请换一个更独特的。',
  },
  request: {
    forbidden: '无法进行此操作，对方可能已不是你的联系人。',
    'not-found': '没有找到，可能已被移除。',
    conflict: '状态已变化，请刷新后重试。',
    'too-late': '时间过久，无法再操作了',
    'rate-limited': '操作太频繁，请稍后再试。',
    'timed-out': '服务器没有回应，请检查网络后重试。',
    server: '服务器出了问题，请稍后再试。',
  },
  rateLimitedFor: '操作太频繁，请 {seconds} 秒后再试。',
  connection: {
    offline: '网络不可用，请检查网络后重试。',
    refused: '服务器拒绝了连接，请重新加载页面。',
    superseded: '已在另一个页面打开，请重新加载以在此继续。',
  },
  media: {
    'permission-denied': '没有麦克风或摄像头的权限，请在浏览器设置中允许。',
    'not-found': '没有找到麦克风或摄像头，请连接设备后重试。',
    'in-use': '设备正被其他程序使用，请关闭后重试。',
    'insecure-origin': '通话需要安全连接，请用 https 地址打开。',
    unsupported: '此浏览器不支持通话，请换用新版浏览器。',
    'autoplay-blocked': '浏览器阻止了声音，请点按页面以播放。',
    other: '无法使用设备，请重新连接或重启浏览器。',
  },
  negotiation: {
    failed: '通话连接失败，请重新呼叫。',
    'no-path': '无法与对方建立连接，请换个网络再试。',
    'no-relay': '服务器没有提供中转。请在设置中关闭“始终通过服务器中转”，再呼叫。',
  },
  call: {
    taken: '已在其他设备接听。',
    ended: '通话已结束，可以重新呼叫。',
    'already-in-call': '你正在通话中，请先挂断。',
  },
}
