// Starts `chatspec lsp` for scenarios, and runs a scenario in a terminal where its lens is clicked.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

// What a terminal's process is given needs no quotes: no shell is between.
function runScenario({ uri, words }) {
  if (!vscode.workspace.isTrusted) {
    vscode.window.showErrorMessage("A scenario is run only in a folder that is trusted, since the folder says with which program.");
    return;
  }
  const settings = vscode.workspace.getConfiguration("chatspec");
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  const shown = vscode.window.createTerminal({
    name: `chatspec ${words[words.length - 1]}`,
    cwd: folder && folder.uri,
    shellPath: settings.get("path"),
    shellArgs: ["run", ...words, ...settings.get("runArguments")],
  });
  shown.show();
}

async function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand("chatspec.runScenario", runScenario));
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.chat");
  context.subscriptions.push(watcher);
  client = new LanguageClient(
    "chatspec",
    "chatspec",
    { command: vscode.workspace.getConfiguration("chatspec").get("path"), args: ["lsp"] },
    { documentSelector: [{ language: "chatspec" }], synchronize: { fileEvents: watcher } }
  );
  await client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
