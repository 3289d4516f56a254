; SPDX-License-Identifier: MIT
; operation: touch
; arguments: touch-arguments
; result: Nothing
; checks: touch-check-1
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (touch-of #x0000000000000001))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (touch-of #x0000000000000002))
; uses: state
; The guest touches a page (spec/clauses/touch.md).
(declare-datatypes ((touch-arguments 0)) (((touch-of (touch-gfn Gfn)))))

; The page does not exist. TOUCH-CHECK-1
(define-fun touch-check-1 ((before State) (arguments touch-arguments) (result Nothing)) Bool
  (not (select (exist before) (touch-gfn arguments))))
(define-fun touch-check-1-answer ((before State) (arguments touch-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome addressing-exception))

; What it never changes.
(define-fun touch-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-migrating before after) (keeps-slots before after) (keeps-attributes before after) (keeps-dirty before after)))

; The page is resident. TOUCH-1
(define-fun touch ((before State) (arguments touch-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (touch-keeps before after)
  (ite (touch-check-1 before arguments result) (touch-check-1-answer before arguments after outcome result)
       (and (= outcome success) (= (content after) (store (content before) (touch-gfn arguments) resident))))))
