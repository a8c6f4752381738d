import { leftOut, proved, section } from '@/simulator/conformance/rule'

const CERTIFICATES =
  'There are no certificates of one’s own: webhooks are local or behind real TLS.'

export const registering = section('A.3 Registering a webhook', 'a3-webhook.test.ts', {
  'A.3-order-1': proved('A second setWebhook with an address within 1 s is 429, retry after 1.'),
  'A.3-order-2': proved('A call that waits for the old webhook gives way to a newer one with 409.'),
  'A.3-order-3': leftOut('setWebhook during a certificate’s copy is 429.', CERTIFICATES),
  'A.3-order-4': proved('The same settings again: Webhook is already set; allowed_updates counts.'),
  'A.3-order-5': proved('Deleting what is not there: Webhook is already deleted.'),
  'A.3-order-6': proved('A refused setWebhook leaves the bot without any webhook.'),
  'A.3-order-7': proved('drop_pending_updates takes effect even when the rest is refused.'),
  'A.3-order-8': proved('The address is judged first, then the secret’s length, then its letters.'),
  'A.3-order-9': leftOut('A certificate’s size is judged last.', CERTIFICATES),
  'A.3-order-10': proved('In strict mode the address must be https, on a known port and public.'),
  'A.3-order-11': proved('Nobody needs to listen there: no probe is sent.'),
  'A.3-delete-1': proved('deleteWebhook says Webhook was deleted.'),
  'A.3-allowed-1': proved('Omitted, empty, unreadable or mixed lists keep the setting before.'),
  'A.3-allowed-2': proved('An empty list, or one of unknown names only, is the default set.'),
  'A.3-allowed-3': proved('Unknown names are ignored, and the case of names does not matter.'),
  'A.3-allowed-4': proved('The default leaves out chat_member and both message reactions.'),
  'A.3-allowed-5': proved('The filter works when an update is made: queued ones still arrive.'),
  'A.3-allowed-6': proved('Without pre_checkout_query in the list every payment times out.'),
  'A.3-allowed-7': proved('The setting survives deleteWebhook.'),
  'A.3-max-1': proved('max_connections is 40, and moved into 1 to 100, locally to 100,000.'),
  'A.3-local-1': proved('Local mode permits http, any port and reserved addresses.'),
  'A.3-ip-1': proved('A fixed ip_address is where the webhook is reached.'),
  'A.3-info-1': proved('getWebhookInfo always has url, has_custom_certificate and the count.'),
  'A.3-info-2': proved(
    'ip_address, max_connections and a list that is not the default come along.',
  ),
  'A.3-info-3': proved('The last error stays after a success, and goes with a new webhook.'),
  'A.3-info-4': leftOut(
    'last_synchronization_error_date may appear.',
    'There is no second data centre to lose touch with.',
  ),
  'A.3-ranges-1': leftOut(
    'Requests come from 149.154.160.0/20 and 91.108.4.0/22.',
    'They come from this machine: the secret is what a bot can check.',
  ),
})
