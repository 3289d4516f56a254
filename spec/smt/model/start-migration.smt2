; SPDX-License-Identifier: MIT
; operation: start-migration
; arguments: Nothing
; result: Nothing
; checks: start-migration-check-1 start-migration-check-2 start-migration-check-3 start-migration-check-4
; never both: start-migration-check-2+start-migration-check-4
; example of success: (= before (small-vm 1 true true false no-page))
; example of failure: (new-vm before)
; uses: state
; Starting migration mode (spec/clauses/start-migration.md).

; It is on: success, and nothing is marked again. START-MIGRATION-CHECK-1
(define-fun start-migration-check-1
  ((before State) (arguments Nothing) (result Nothing)) Bool
  (migrating before))
(define-fun start-migration-check-1-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome success))

; There are no slots. START-MIGRATION-CHECK-2
(define-fun start-migration-check-2
  ((before State) (arguments Nothing) (result Nothing)) Bool
  (forall ((id SlotId)) (not ((_ is slot) (select (slots before) id)))))
(define-fun start-migration-check-2-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; CMMA is not enabled: on, but nothing is marked, and the dirty logs do not matter. START-MIGRATION-CHECK-3
(define-fun start-migration-check-3
  ((before State) (arguments Nothing) (result Nothing)) Bool
  (not (enabled before)))
(define-fun start-migration-check-3-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (= outcome success) (migrating after) (keeps-dirty before after)))

; A slot has no dirty log. START-MIGRATION-CHECK-4
(define-fun start-migration-check-4
  ((before State) (arguments Nothing) (result Nothing)) Bool
  (exists ((id SlotId))
    (and ((_ is slot) (select (slots before) id)) (not (dirty-log (select (slots before) id))))))
(define-fun start-migration-check-4-answer
  ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (ends-at-once before after outcome EINVAL))

; What it never changes.
(define-fun start-migration-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-used before after)
       (keeps-slots before after) (keeps-attributes before after) (keeps-content before after)))

; Every page of every slot is dirty. START-MIGRATION-1
(define-fun start-migration ((before State) (arguments Nothing) (after State) (outcome Outcome) (result Nothing)) Bool
  (and (start-migration-keeps before after)
  (ite (start-migration-check-1 before arguments result) (start-migration-check-1-answer before arguments after outcome result)
  (ite (start-migration-check-2 before arguments result) (start-migration-check-2-answer before arguments after outcome result)
  (ite (start-migration-check-3 before arguments result) (start-migration-check-3-answer before arguments after outcome result)
  (ite (start-migration-check-4 before arguments result) (start-migration-check-4-answer before arguments after outcome result)
       (and (= outcome success) (migrating after) (= (dirty after) (exist before)))))))))
