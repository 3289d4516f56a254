; SPDX-License-Identifier: MIT
; operation: create-vcpu
; arguments: Nothing
; result: Nothing
; fails: never
; checks:
; example of success: (= before (small-vm 1 true true true page-0))
; uses: state
; Creating a vCPU (spec/clauses/create-vcpu.md).

; What it never changes.
(define-fun create-vcpu-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-enabled before after) (keeps-used before after) (keeps-migrating before after)
       (keeps-slots before after) (keeps-attributes before after) (keeps-content before after) (keeps-dirty before after)))

; CREATE-VCPU-1
(define-fun create-vcpu ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (create-vcpu-keeps before after)
       (= outcome success)
       (= (vcpu-count after) (+ (vcpu-count before) 1))))
