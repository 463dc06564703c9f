"""The GraphQL door: one schema, one way of running it, three transports (POST, Server-Sent Events, WebSocket)."""
