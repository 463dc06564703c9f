import { Link } from "wouter";

import { AccessTokenForm } from "@/features/access/AccessTokenForm";
import { useMessages } from "@/messages/messages";
import { Buttons } from "@/ui/Actions";
import { buttonClass } from "@/ui/Button";
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
      <Buttons>
        <Link href={urls.settings} className={buttonClass("quiet")}>
          {more}
        </Link>
      </Buttons>
    </FormPage>
  );
}
