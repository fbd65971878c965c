import type { Migration } from 'kysely'
import { firstTables } from './0001-first-tables.ts'
import { feed } from './0002-feed.ts'
import { callSeats } from './0003-call-seats.ts'
import { messageChanges } from './0004-message-changes.ts'
import { conversationSettings } from './0005-conversation-settings.ts'
import { preferences } from './0006-preferences.ts'
import { sessionAgents } from './0007-session-agents.ts'
import { groups } from './0008-groups.ts'
import { groupManners } from './0009-group-manners.ts'
import { mentions } from './0010-mentions.ts'
import { messageTerms } from './0011-message-terms.ts'
import { contactBlocks } from './0012-contact-blocks.ts'
import { heartbeat } from './0013-heartbeat.ts'
import { indexedSeq } from './0014-indexed-seq.ts'
import { groupPasts } from './0015-group-pasts.ts'
import { foldedIndex } from './0016-folded-index.ts'
import { sharedEntries } from './0017-shared-entries.ts'
import { lastQuoting } from './0018-last-quoting.ts'
import { messagePasts } from './0019-message-pasts.ts'

/** Every migration in order. Names are final: a name that has run once is never changed or taken out. */
export const migrations: Record<string, Migration> = {
  '0001-first-tables': firstTables,
  '0002-feed': feed,
  '0003-call-seats': callSeats,
  '0004-message-changes': messageChanges,
  '0005-conversation-settings': conversationSettings,
  '0006-preferences': preferences,
  '0007-session-agents': sessionAgents,
  '0008-groups': groups,
  '0009-group-manners': groupManners,
  '0010-mentions': mentions,
  '0011-message-terms': messageTerms,
  '0012-contact-blocks': contactBlocks,
  '0013-heartbeat': heartbeat,
  '0014-indexed-seq': indexedSeq,
  '0015-group-pasts': groupPasts,
  '0016-folded-index': foldedIndex,
  '0017-shared-entries': sharedEntries,
  '0018-last-quoting': lastQuoting,
  '0019-message-pasts': messagePasts,
}
