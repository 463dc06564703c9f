import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Chat } from "./chat";
import type { Proof as Proven } from "./examined";
import Proof from "./Proof";

const INTEGRITY: Proven["integrity"] = { proven: true, complete: true, turns: 3, unsigned: 0, unfinished: 0, problems: [] };

function shows(proven: Proven | null) {
  const prove = () => (proven === null ? Promise.reject(new Error("gone")) : Promise.resolve(proven));
  render(<Proof chat={{ prove } as unknown as Chat} turnId="t1" onShown={() => undefined} />);
}

test("a record that is not as it was written says where, and what to do", async () => {
  const problems: Proven["integrity"]["problems"] = [
    { code: "EDITED_REPLY", position: 2, message: "" },
    { code: "WRONG_HEAD", position: null, message: "" },
  ];
  shows({ id: "c1", receipt: null, integrity: { ...INTEGRITY, proven: false, problems } });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toMatch(/Prompt 2: The reply is not what was answered\./);
  expect(alert.textContent).toMatch(/python -m backend verify c1/);
  expect(screen.getByText("This reply has no receipt yet.")).toBeTruthy();
});

test("what is older than receipts, or is being written, is not called proven", async () => {
  shows({ id: "c1", receipt: null, integrity: { ...INTEGRITY, proven: false, complete: false, unsigned: 1, unfinished: 1 } });
  const said = await screen.findByText(/Nothing is wrong/);
  expect(said.textContent).toMatch(/1 reply proven.*1 reply from before.*1 reply not ended.*last 3/);
});

test("where the record cannot be verified now it says so", async () => {
  shows(null);
  expect(await screen.findByText(/could not be verified now/)).toBeTruthy();
});
