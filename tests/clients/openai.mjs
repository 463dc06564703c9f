// What OpenAI's npm client does against a server: run with the server's address, a key and what to do.
// Prints one JSON object: what came back.

import OpenAI from 'openai'

const [baseURL, apiKey, what] = process.argv.slice(2)
const client = new OpenAI({ baseURL, apiKey, maxRetries: 2 })
const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello' },
]

async function textOf(stream) {
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  return text
}

async function refused(call) {
  try {
    await call()
  } catch (error) {
    return { name: error.constructor.name, status: error.status, code: error.code, param: error.param }
  }
  return null
}

const calls = {
  async plain() {
    const { data, response } = await client.chat.completions.create({ model: 'auto', messages }).withResponse()
    const conversation = response.headers.get('x-conversation-id')
    const followed = await client.chat.completions.create(
      { model: 'auto', messages },
      { headers: { 'X-Conversation-Id': conversation } },
    )
    return {
      text: data.choices[0].message.content,
      usage: data.usage,
      followed: followed.choices[0].message.content,
      models: (await client.models.list()).data.map((model) => model.id),
    }
  },

  async streamed() {
    const stream = await client.chat.completions.create({ model: 'auto', messages, stream: true })
    const gathered = client.chat.completions.stream({ model: 'auto', messages })
    return { text: await textOf(stream), gathered: (await gathered.finalMessage()).content }
  },

  // With `break` the client gives the stream up, which closes its connection.
  async cancelled() {
    const stream = await client.chat.completions.create({ model: 'auto', messages, stream: true })
    let pieces = 0
    for await (const chunk of stream) if (chunk && ++pieces === 2) break
    return { pieces, next: (await client.models.list()).data.length }
  },

  async responses() {
    const first = await client.responses.create({ input: 'One', instructions: 'Be brief.' })
    const second = await client.responses.create({ input: 'Two', previous_response_id: first.id })
    const kept = await client.responses.retrieve(second.id)
    const seen = []
    const stream = await client.responses.create({ input: 'Three', previous_response_id: second.id, stream: true })
    for await (const event of stream) seen.push(event)
    const text = seen.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta)
    const begun = await client.responses.create({ input: 'Four', background: true })
    const ended = await client.responses.cancel(begun.id)
    return {
      first: first.output_text,
      second: second.output_text,
      kept: kept.output_text === second.output_text && kept.previous_response_id === first.id,
      streamed: text.join('') === seen.at(-1).response.output[0].content[0].text,
      types: [...new Set(seen.map((event) => event.type))],
      ended: ended.status,
    }
  },

  async refusals() {
    const wrong = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 2 })
    return {
      key: await refused(() => wrong.chat.completions.create({ model: 'auto', messages })),
      tools: await refused(() => client.responses.create({ input: 'x', tools: [{ type: 'web_search' }] })),
      response: await refused(() => client.responses.retrieve('resp_t0000000000000')),
    }
  },
}

console.log(JSON.stringify(await calls[what]()))
