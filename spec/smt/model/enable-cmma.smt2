; SPDX-License-Identifier: MIT
; operation: enable-cmma
; arguments: Nothing
; result: Nothing
; checks: enable-cmma-check-1 enable-cmma-check-2
; example of success: (= before (small-vm 0 true false false no-page))
; example of failure: (= before (small-vm 1 true true true page-0))
; uses: state
; Switching CMMA on (spec/clauses/enable-cmma.md).

; The host has no CMMA. ENABLE-CMMA-CHECK-1
(define-fun enable-cmma-check-1 ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (host-has-cmma before)))
(define-fun enable-cmma-check-1-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome ENXIO))

; A vCPU exists. ENABLE-CMMA-CHECK-2
(define-fun enable-cmma-check-2 ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (= (vcpu-count before) 0)))
(define-fun enable-cmma-check-2-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EBUSY))

; What it never changes.
(define-fun enable-cmma-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-used before after) (keeps-migrating before after)
       (keeps-slots before after) (keeps-attributes before after) (keeps-content before after) (keeps-dirty before after)))

; CMMA is on. ENABLE-CMMA-1
(define-fun enable-cmma ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (enable-cmma-keeps before after)
  (ite (enable-cmma-check-1 before arguments result) (enable-cmma-check-1-answer before arguments after outcome result)
  (ite (enable-cmma-check-2 before arguments result) (enable-cmma-check-2-answer before arguments after outcome result)
       (and (= outcome success) (enabled after))))))
