from tests.driver import *
async def test_x(server, cast):
    async with server.client(cast.stranger) as c:
        r = await c.post("/api/chat", json={"prompt":"hello"}); print(r.status_code, r.headers, r.text[:1500])
        r = await c.post("/v1/chat/completions", json={"model":"auto","stream":True,"messages":[{"role":"user","content":"hi"}]}); print(r.status_code, r.headers, r.text[:1500])
        r = await c.get("/v1/models"); print(r.status_code, r.text[:500])
