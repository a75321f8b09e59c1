// The type of a module's address as Vite hands it out.
declare module "veranda*.wasm?url" {
  const url: string;
  export default url;
}
declare module "*.po?later" {
  const messages: import("../languages").Catalogue;
  export default messages;
}
declare module "*.po" {
  const messages: import("../languages").Catalogue;
  export default messages;
}
declare module "veranda-script:*" {
  const instantiate: (imports: WebAssembly.Imports) => WebAssembly.Exports;
  export default instantiate;
}
