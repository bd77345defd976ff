autocmd BufRead,BufNewFile *.chat setfiletype chatspec
