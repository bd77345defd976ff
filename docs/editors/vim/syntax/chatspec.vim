" Scenarios of chatspec.
if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,-,_

" What begins a line.
syntax match chatspecComment /^\s*#.*$/ contains=@Spell
syntax match chatspecBegin /^\s*[a-z-]\+\ze\(\s\|$\)/ contains=chatspecDirective,chatspecWay
syntax match chatspecBegin /^\s*scenario\ze\s/ contains=chatspecDirective nextgroup=chatspecTitle skipwhite
syntax keyword chatspecDirective contained scenario covers level role profile tags needs key message signature message-file signature-file key-file argument table
syntax keyword chatspecWay contained or then
syntax match chatspecSpeaker /^\s*[CS][1-9]\?:/

" What stands after it.
syntax match chatspecTitle /.*$/ contained contains=chatspecColumn,@Spell
syntax match chatspecString /"\([^"\\]\|\\.\)*"/
syntax match chatspecRequirement /\<[A-Z]\+-[0-9]\+\>/
syntax match chatspecColumn /<[a-z0-9-]\+>/
syntax match chatspecText /<random\s[^>]*>\|<absent>/
syntax match chatspecItem /<\(prints what it received\|any signature\|half-close\|complains\|signature\|any line\|message\|nothing\|restart\|silence\|prints\|close\|reset\|exit\)\(\s\+\("\([^"\\]\|\\.\)*"\|[^>"]\)*\)\?>/
syntax match chatspecModifiers /\s|\s*[a-z].*$/ contains=chatspecModifier,chatspecRequirement,chatspecColumn
syntax match chatspecRow /^\s*|.*$/ contains=chatspecBar,chatspecString,chatspecColumn,chatspecItem
syntax match chatspecBar /|/ contained
syntax keyword chatspecModifier contained split joined apart deviates

highlight default link chatspecComment Comment
highlight default link chatspecDirective Statement
highlight default link chatspecWay Conditional
highlight default link chatspecSpeaker Keyword
highlight default link chatspecTitle Title
highlight default link chatspecString String
highlight default link chatspecRequirement Constant
highlight default link chatspecColumn Identifier
highlight default link chatspecText Function
highlight default link chatspecItem Function
highlight default link chatspecBar Delimiter
highlight default link chatspecModifier Special

let b:current_syntax = "chatspec"
