; SPDX-License-Identifier: MIT
; operation: clear-cmma
; arguments: Nothing
; result: Nothing
; checks: clear-cmma-check-1 clear-cmma-check-2
; example of success: (= before (small-vm 1 true true true page-0))
; example of failure: (= before (small-vm 0 false false false no-page))
; uses: state
; Resetting the attributes of every page (spec/clauses/clear-cmma.md).

; The host has no CMMA. CLEAR-CMMA-CHECK-1
(define-fun clear-cmma-check-1 ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (host-has-cmma before)))
(define-fun clear-cmma-check-1-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome ENXIO))

; CMMA is not enabled. CLEAR-CMMA-CHECK-2
(define-fun clear-cmma-check-2 ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (enabled before)))
(define-fun clear-cmma-check-2-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; What it never changes: marks, Used and content too. CLEAR-CMMA-2
(define-fun clear-cmma-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-migrating before after) (keeps-slots before after) (keeps-content before after) (keeps-dirty before after)))

; Every page is stable, without no-DAT. CLEAR-CMMA-1
(define-fun clear-cmma ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (clear-cmma-keeps before after)
  (ite (clear-cmma-check-1 before arguments result) (clear-cmma-check-1-answer before arguments after outcome result)
  (ite (clear-cmma-check-2 before arguments result) (clear-cmma-check-2-answer before arguments after outcome result)
       (and (= outcome success) (= (attributes after) all-stable))))))
