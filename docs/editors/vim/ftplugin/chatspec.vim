" Scenarios of chatspec.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s
setlocal expandtab
" `:make` checks the file, and quickfix has its mistakes.
setlocal makeprg=chatspec\ lint\ %:S
setlocal errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:\ %trror:\ %m,%-G%.%#

let b:undo_ftplugin = "setlocal comments< commentstring< expandtab< makeprg< errorformat<"
