// The type of the module's address as Vite hands it out.
declare module "veranda.wasm?url" {
  const url: string;
  export default url;
}
declare module "*.po" {
  import type { Messages } from "@lingui/core";
  const messages: Messages;
  export default messages;
}
