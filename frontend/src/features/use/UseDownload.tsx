import { Download } from "lucide-react";
import { useStore } from "zustand";

import { saveFile } from "@/browser/save_file";
import { useMessages } from "@/messages/messages";
import { Button } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";

import { bothJson, chartCsv, tableCsv } from "./files";
import type { Series } from "./report";
import { daysOf } from "./span";
import type { Use } from "./use";
import type { View } from "./view";
import { Wording } from "./wording";

const CSV = "text/csv;charset=utf-8";

/** What is shown, as files. */
export function UseDownload({ use, view }: { use: Use; view: View }) {
  const messages = useMessages();
  const words = messages.use;
  const { report } = useStore(use.store);
  if (report === null || report.total.prompts === 0) return null;
  const wording = new Wording(messages);
  const names = { series: (series: Series) => wording.seriesName(series, report.by === "total" ? "user" : report.by) };
  const { first, last } = daysOf(report.span);
  const keep = (kind: "chart" | "table" | "json") => {
    const name = `use-${report.by}-${first}-${last}`;
    if (kind === "chart") saveFile(`${name}-over-time.csv`, CSV, chartCsv(report, view.measure, names));
    else if (kind === "table") saveFile(`${name}.csv`, CSV, tableCsv(report));
    else saveFile(`${name}.json`, "application/json", bothJson(report, view.measure, view.filter, names));
  };
  return (
    <Menu
      side="bottom"
      align="end"
      trigger={
        <Button>
          <Download size={16} aria-hidden="true" />
          {words.download}
        </Button>
      }
    >
      <MenuItem onSelect={() => keep("table")}>{words.tableCsv}</MenuItem>
      <MenuItem onSelect={() => keep("chart")}>{words.chartCsv}</MenuItem>
      <MenuItem onSelect={() => keep("json")}>{words.bothJson}</MenuItem>
    </Menu>
  );
}
