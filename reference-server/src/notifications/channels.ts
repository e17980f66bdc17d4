/** The ways to tell somebody, as configured. */
import type { Channel } from './channel.ts';
import type { NotifyConfig } from './notify-config.ts';
import type { ChannelName, NotifyRules } from './notify-targets.ts';
import { pushChannel } from './push-channel.ts';
import { webhookChannel } from './webhook-channel.ts';

export function createChannels({ webhookSecrets, vapid }: NotifyConfig): ReadonlyMap<ChannelName, Channel> {
  const channels = new Map<ChannelName, Channel>();
  if (webhookSecrets.length > 0) channels.set('webhook', webhookChannel(webhookSecrets));
  if (vapid) channels.set('push', pushChannel(vapid));
  return channels;
}

/** What may be asked for, accordingly. */
export function notifyRulesOf({ webhookSecrets, vapid, privateHosts }: NotifyConfig): NotifyRules {
  return { webhook: webhookSecrets.length > 0, push: vapid !== undefined, privateHosts };
}
