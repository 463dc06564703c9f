export interface Snippet {
  name: string;
  code: string;
}

interface Doors {
  graphql: string;
  v1: string;
}

/** Ways for a program to ask this server, ready to be run once the key is filled in.  `origin` has no slash at its end. */
export function snippetsFor(origin: string, { graphql, v1 }: Doors, key = "$KEY"): Snippet[] {
  const completions = `${origin}${v1}/chat/completions`;
  const secret = key === "$KEY" ? "KEY" : key;
  return [
    {
      name: "curl",
      code: [
        `curl ${completions} \\`,
        `  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
        `  -d '{"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}'`,
      ].join("\n"),
    },
    {
      name: "Python",
      code: [
        "from openai import OpenAI  # pip install openai",
        "",
        `client = OpenAI(base_url="${origin}${v1}", api_key="${secret}")`,
        'answer = client.chat.completions.create(model="auto", messages=[{"role": "user", "content": "Hello"}])',
        "print(answer.choices[0].message.content)",
      ].join("\n"),
    },
    {
      name: "JavaScript",
      code: [
        `const answer = await fetch("${completions}", {`,
        '  method: "POST",',
        `  headers: { Authorization: "Bearer ${secret}", "Content-Type": "application/json" },`,
        '  body: JSON.stringify({ model: "auto", messages: [{ role: "user", content: "Hello" }] }),',
        "});",
        "console.log((await answer.json()).choices[0].message.content);",
      ].join("\n"),
    },
    {
      name: "GraphQL",
      code: [
        `curl ${origin}${graphql} \\`,
        `  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
        `  -d '{"query": "mutation { chat(input: {prompt: \\"Hello\\"}) { turn { reply } conversation { id } } }"}'`,
      ].join("\n"),
    },
  ];
}
