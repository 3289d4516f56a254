; SPDX-License-Identifier: MIT
; operation: set-slot-flags
; arguments: set-slot-flags-arguments
; result: Nothing
; checks: set-slot-flags-check-1
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (set-slot-flags-of #x00000000 false))
; state after it: (= after (state true 1 true true false (store (slots before) #x00000000 (slot #x0000000000000000 #x0000000000000002 false)) (two-pages no-page #x0000000000000000) all-stable all-resident no-page))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (set-slot-flags-of #x00000001 false))
; uses: state
; Switching the dirty log of a slot (spec/clauses/set-slot-flags.md).
(declare-datatypes ((set-slot-flags-arguments 0)) (((set-slot-flags-of (set-slot-flags-id SlotId) (set-slot-flags-dirty-log Bool)))))

; No slot has the id. SET-SLOT-FLAGS-CHECK-1
(define-fun set-slot-flags-check-1
  ((before State) (arguments set-slot-flags-arguments) (result Nothing)) Bool
  (not ((_ is slot) (select (slots before) (set-slot-flags-id arguments)))))
(define-fun set-slot-flags-check-1-answer
  ((before State) (arguments set-slot-flags-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; What it never changes.
(define-fun set-slot-flags-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (= (exist after) (exist before)) (keeps-attributes before after) (keeps-content before after)))

(define-fun set-slot-flags-effect ((before State) (arguments set-slot-flags-arguments) (after State)) Bool
  (let ((old (select (slots before) (set-slot-flags-id arguments))))
    (and (= (slots after) (store (slots before) (set-slot-flags-id arguments)
           (slot (base old) (pages old) (set-slot-flags-dirty-log arguments)))) ; SET-SLOT-FLAGS-1
         (ite (and (migrating before) (dirty-log old) (not (set-slot-flags-dirty-log arguments)))
              (migration-stops after)                                 ; SET-SLOT-FLAGS-2
              (and (keeps-migrating before after) (keeps-dirty before after))))))

(define-fun set-slot-flags ((before State) (arguments set-slot-flags-arguments) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (set-slot-flags-keeps before after)
  (ite (set-slot-flags-check-1 before arguments result) (set-slot-flags-check-1-answer before arguments after outcome result)
       (and (= outcome success) (set-slot-flags-effect before arguments after)))))
