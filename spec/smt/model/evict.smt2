; SPDX-License-Identifier: MIT
; operation: evict
; arguments: evict-arguments
; result: Nothing
; checks: evict-check-1
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (evict-of #x0000000000000001))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (evict-of #x0000000000000002))
; uses: state
; The host pages a page out (spec/clauses/evict.md).
(declare-datatypes ((evict-arguments 0)) (((evict-of (evict-gfn Gfn)))))

; The page does not exist. EVICT-CHECK-1
(define-fun evict-check-1 ((before State) (arguments evict-arguments) (result Nothing)) Bool
  (not (select (exist before) (evict-gfn arguments))))
(define-fun evict-check-1-answer ((before State) (arguments evict-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome addressing-exception))

; What it never changes.
(define-fun evict-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-migrating before after) (keeps-slots before after) (keeps-attributes before after) (keeps-dirty before after)))

; The page is preserved. EVICT-1
(define-fun evict ((before State) (arguments evict-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (evict-keeps before after)
  (ite (evict-check-1 before arguments result) (evict-check-1-answer before arguments after outcome result)
       (and (= outcome success) (= (content after) (store (content before) (evict-gfn arguments) preserved))))))
