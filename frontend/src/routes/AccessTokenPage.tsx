import { Link } from "wouter";

import { AccessTokenForm } from "@/features/access/AccessTokenForm";
import { useMessages } from "@/messages/messages";
import { FormPage } from "@/ui/FormPage";

import { useApp } from "./context";
import { useTitle } from "./use_title";

export default function AccessTokenPage() {
  const { urls, api } = useApp();
  const { token, more } = useMessages().access;
  useTitle(token.title);
  return (
    <FormPage title={token.title} intro={token.help}>
      <AccessTokenForm api={api} />
      <p>
        <Link href={urls.settings}>{more}</Link>
      </p>
    </FormPage>
  );
}
