import type { PeerConnectionFactory } from './PeerConnectionFactory.ts'

/** The browser's own RTCPeerConnection, one transport for everything. */
export const createPeerConnection: PeerConnectionFactory = ({ iceServers, relayOnly }) =>
  new RTCPeerConnection({
    iceServers: iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
    // No candidate pool: with one, Chromium now and then gathers nothing and never says so.
  })
