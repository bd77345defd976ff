;;; chatspec-mode.el --- Scenarios of chatspec  -*- lexical-binding: t -*-

;;; Commentary:

;; Colours for scenarios (.chat), and `chatspec lsp' by way of Eglot (in Emacs from 29 on, before
;; that from GNU ELPA).

;;; Code:

(defgroup chatspec nil
  "Scenarios of chatspec."
  :group 'languages)

(defcustom chatspec-program "chatspec"
  "The chatspec program."
  :type 'string)

(defvar chatspec-directives
  '("scenario" "covers" "level" "role" "profile" "tags" "needs" "key"
    "message" "signature" "message-file" "signature-file" "key-file" "argument" "table")
  "The words that begin a directive.")

(defvar chatspec-items
  '("message" "signature" "any signature" "any line" "close" "half-close" "reset"
    "silence" "nothing" "restart" "prints what it received" "prints" "complains" "exit")
  "With what an item in angle brackets begins.")

(defvar chatspec-modifiers
  '("split" "joined" "apart" "deviates")
  "The words after the bar.")

(defvar chatspec-font-lock-keywords
  `(("^[ \t]*#.*$" 0 font-lock-comment-face t)
    ("^scenario[ \t]+\\(.*\\)$" 1 font-lock-function-name-face)
    (,(concat "^[ \t]*\\(" (regexp-opt chatspec-directives) "\\)\\(?:[ \t]\\|$\\)") 1 font-lock-keyword-face)
    ("^[ \t]*\\(or\\|then\\)[ \t]" 1 font-lock-keyword-face)
    ("^[ \t]*\\([CS][1-9]?:\\)" 1 font-lock-keyword-face)
    (,(concat "<" (regexp-opt chatspec-items) "\\(?:[ \t]\\(?:\"[^\"]*\"\\|[^>\"]\\)*\\)?>") 0 font-lock-builtin-face keep)
    ("<random[ \t][^>]*>\\|<absent>" . font-lock-builtin-face)
    ("<[a-z0-9-]+>" . font-lock-variable-name-face)
    (,(concat "[ \t]|[ \t]*\\(" (regexp-opt chatspec-modifiers) "\\)") 1 font-lock-type-face)
    ("\\_<[A-Z]+-[0-9]+\\_>" . font-lock-constant-face))
  "What is shown in colours.")

(defvar chatspec-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?\n " " table)
    table)
  "Strings are the only thing that is told by characters alone.")

;;;###autoload
(define-derived-mode chatspec-mode prog-mode "chatspec"
  "Major mode for scenarios of chatspec."
  (setq-local comment-start "# ")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local font-lock-defaults '(chatspec-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.chat\\'" . chatspec-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `(chatspec-mode . (,chatspec-program "lsp"))))

(provide 'chatspec-mode)
;;; chatspec-mode.el ends here
