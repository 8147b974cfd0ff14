/** How the published clients are told where this server is. The key is the reader's own. */
export interface ClientSnippet {
  readonly id: 'javascript' | 'python' | 'curl';
  readonly name: string;
  readonly code: string;
}

export function clientSnippets(apiUrl: string): readonly ClientSnippet[] {
  const baseUrl = `${apiUrl}/api/v1`;
  return [
    {
      id: 'javascript',
      name: 'JavaScript',
      code: `import { Client } from 'lago-javascript-client';

const client = Client(process.env.API_KEY, {
  baseUrl: '${baseUrl}',
});

await client.events.createEvent({
  event: {
    transaction_id: crypto.randomUUID(),
    external_subscription_id: 'sub_1',
    code: 'api_calls',
    timestamp: Math.floor(Date.now() / 1000),
    properties: { calls: 3 },
  },
});`,
    },
    {
      id: 'python',
      name: 'Python',
      code: `import os, time, uuid
from lago_python_client import Client
from lago_python_client.models import Event

client = Client(api_key=os.environ["API_KEY"], api_url="${apiUrl}")

client.events.create(Event(
    transaction_id=str(uuid.uuid4()),
    external_subscription_id="sub_1",
    code="api_calls",
    timestamp=int(time.time()),
    properties={"calls": 3},
))`,
    },
    {
      id: 'curl',
      name: 'cURL',
      code: `curl '${baseUrl}/events' \\
  -H "Authorization: Bearer $API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{
    "event": {
      "transaction_id": "'"$(uuidgen)"'",
      "external_subscription_id": "sub_1",
      "code": "api_calls",
      "properties": { "calls": 3 }
    }
  }'`,
    },
  ];
}
