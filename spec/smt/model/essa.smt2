; SPDX-License-Identifier: MIT
; operation: essa
; arguments: essa-arguments
; result: essa-result
; changed by a failure: used
; checks: essa-check-1 essa-check-2 essa-check-3
; answers alike: (=> (= outcome success) (= (essa-r1 result) (essa-r1 other-result)))
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (essa-of #x0000000000000001 #x00000002))
; example of failure: (= before (small-vm 1 true true false no-page)) (= arguments (essa-of #x0000000000000002 #x00000002))
; uses: state
; The guest's instruction ESSA (spec/clauses/essa.md).
(declare-datatypes ((essa-arguments 0)) (((essa-of (essa-gfn Gfn) (essa-orc (_ BitVec 32))))))
(declare-datatypes ((essa-result 0)) (((essa-returns (essa-r1 Byte)))))

; What it never changes.
(define-fun essa-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-migrating before after)
       (keeps-slots before after)))

; CMMA is not enabled. ESSA-CHECK-1
(define-fun essa-check-1 ((before State) (arguments essa-arguments) (result essa-result)) Bool
  (not (enabled before)))
(define-fun essa-check-1-answer ((before State) (arguments essa-arguments) (after State) (outcome Outcome) (result essa-result)) Bool
  (ends-at-once before after outcome operation-exception))

; There is no such operation request code. ESSA-CHECK-2
(define-fun essa-check-2 ((before State) (arguments essa-arguments) (result essa-result)) Bool
  (bvugt (essa-orc arguments) #x00000007))
(define-fun essa-check-2-answer ((before State) (arguments essa-arguments) (after State) (outcome Outcome) (result essa-result)) Bool
  (ends-at-once before after outcome specification-exception))

; From here on ESSA sets Used, unless the VM is migrating. ESSA-USED-1, ESSA-USED-2
(define-fun essa-uses-cmma ((before State) (after State)) Bool
  (= (used after) (or (used before) (not (migrating before)))))

; The page does not exist. ESSA-CHECK-3
(define-fun essa-check-3 ((before State) (arguments essa-arguments) (result essa-result)) Bool
  (not (select (exist before) (essa-gfn arguments))))
(define-fun essa-check-3-answer ((before State) (arguments essa-arguments) (after State) (outcome Outcome) (result essa-result)) Bool
  (and (= outcome addressing-exception)
       (essa-uses-cmma before after)
       (keeps-attributes before after) (keeps-content before after) (keeps-dirty before after)))

; Attributes with another usage, and with no-DAT on or off: the rest stays. ESSA-KEEP
(define-fun stable () Byte #x00)
(define-fun unused () Byte #x01)
(define-fun potentially-volatile () Byte #x02)
(define-fun volatile () Byte #x03)
(define-fun with-usage ((old Byte) (usage Byte)) Byte (bvor (bvand old no-dat) usage))
(define-fun without-no-dat ((old Byte)) Byte (bvand old usage-bits))
(define-fun with-no-dat ((old Byte)) Byte (bvor old no-dat))
(define-fun discarded-unless-resident ((old Content)) Content (ite (= old resident) resident logically-zero))

; The attributes after each code.
(define-fun attributes-after-essa ((orc (_ BitVec 32)) (old Byte) (held Content)) Byte
  (ite (= orc #x00000001) (without-no-dat (with-usage old stable))    ; ESSA-ORC-1
  (ite (= orc #x00000002) (with-usage old unused)                     ; ESSA-ORC-2
  (ite (= orc #x00000003) (with-usage old volatile)                   ; ESSA-ORC-3
  (ite (= orc #x00000004) (with-usage old (ite (= held resident) potentially-volatile volatile)) ; ESSA-ORC-4
  (ite (= orc #x00000005) (with-usage old stable)                     ; ESSA-ORC-5
  (ite (= orc #x00000006) (ite (= held resident) (with-usage old stable) old) ; ESSA-ORC-6
  (ite (= orc #x00000007) (with-no-dat (with-usage old stable))       ; ESSA-ORC-7
       old))))))))                                                    ; ESSA-ORC-0

; The content after each code.
(define-fun content-after-essa ((orc (_ BitVec 32)) (held Content)) Content
  (ite (= orc #x00000002) (discarded-unless-resident held)            ; ESSA-ORC-2
  (ite (= orc #x00000003) (discarded-unless-resident held)            ; ESSA-ORC-3
  (ite (= orc #x00000004) (discarded-unless-resident held)            ; ESSA-ORC-4
       held))))

; The old state in register 1. ESSA-R1
(define-fun old-state-in-r1 ((old Byte) (held Content)) Byte
  (bvor (bvshl (bvand old usage-bits) #x02)
        (ite (= held resident) #x00 (ite (= held preserved) #x02 #x03))
        (ite (= (bvand old no-dat) #x00) #x00 #x20)))

(define-fun essa-effect ((before State) (arguments essa-arguments) (after State) (result essa-result)) Bool
  (let ((page (essa-gfn arguments)) (orc (essa-orc arguments)))
  (let ((old (select (attributes before) page)) (held (select (content before) page)))
    (and (= (essa-r1 result) (old-state-in-r1 old held))
         (= (attributes after) (store (attributes before) page (attributes-after-essa orc old held)))
         (= (content after) (store (content before) page (content-after-essa orc held)))
         (= (dirty after)
            (ite (and (migrating before) (not (= orc #x00000000)))
                 (store (dirty before) page true)                     ; ESSA-DIRTY-1
                 (dirty before)))                                     ; ESSA-DIRTY-2, ESSA-DIRTY-3
         (essa-uses-cmma before after)))))

; An ESSA in two steps does all of this at the first; the second answers this result and this outcome. ESSA-STEPS-1, ESSA-STEPS-2
(define-fun essa ((before State) (arguments essa-arguments) (after State) (outcome Outcome) (result essa-result)) Bool
  (and (essa-keeps before after)
  (ite (essa-check-1 before arguments result) (essa-check-1-answer before arguments after outcome result)
  (ite (essa-check-2 before arguments result) (essa-check-2-answer before arguments after outcome result)
  (ite (essa-check-3 before arguments result) (essa-check-3-answer before arguments after outcome result)
       (and (= outcome success) (essa-effect before arguments after result)))))))
